from pathlib import Path
import io, zipfile, re
from django.core.files.uploadedfile import SimpleUploadedFile
def zipped(folder):
    b=io.BytesIO()
    with zipfile.ZipFile(b,'w') as z:
        for f in Path(folder).glob('*.csv'): z.write(f,f.name)
    return b.getvalue()
def test_flow(cast, client_as):
    c=client_as(cast.technician)
    assert c.get('/people/').status_code==200
    assert c.get('/people/groups/').status_code==200
    assert c.get(f'/people/groups/{cast.tutor_group.pk}/').status_code==200
    assert c.get(f'/people/{cast.pupils[0].pk}/').status_code==200
    a=c.get('/people/import/'); assert a.status_code==200
    a=c.post('/people/import/',{'file':SimpleUploadedFile('uk.zip',zipped('/work/shared/data/oneroster/uk'))}); print(a.status_code,a.get('Location'))
    a=c.get(a['Location'],follow=True); print(a.redirect_chain, a.content.decode()[-1500:])
    a=c.post(a.redirect_chain[-1][0],{'org':'10001'},follow=True); t=a.content.decode(); print(a.redirect_chain); assert a.status_code==200
    print(re.sub(r'<[^>]+>|\s+',' ',t)[:3000])
    url=a.redirect_chain[-1][0]
    for v in 'added changed left groups aside notes unused'.split():
        assert c.get(url+'?view='+v).status_code==200, v
    d=re.search(r'name="seen" value="(\w+)"',t)[1]
    a=c.post(url+'apply/',{'seen':d}, HTTP_REFERER='http://testserver'+url, follow=True); print(a.redirect_chain); 
    a=c.post(url+'apply/',{'seen':d,'leaving':re.search(r'in all: (\d+)',t)[1]}, follow=True); print(a.redirect_chain); assert a.status_code==200
    print(re.sub(r'<[^>]+>|\s+',' ',a.content.decode())[:3000])
    sims=open('/tmp/sims.csv','rb').read()
    a=c.post('/people/import/',{'file':SimpleUploadedFile('sims.csv',sims)},follow=True); print(a.redirect_chain, re.sub(r'<[^>]+>|\s+',' ',a.content.decode())[:3000])
