"""Forms of the languages pages."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from belong.ask.languages.exchange import LARGEST
from belong.base.clock import today


class FileForm(forms.Form):
    """The file that came back from a speaker."""

    file = forms.FileField(
        label="The file, with the third column changed",
        help_text="The file from this page, as CSV or as an Excel workbook. You see every change before it is used.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        """A file of a size that the words of one language can have."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                "This file is larger than 2 MB. Is it the one that was downloaded here?"
            )
        return file


class CheckForm(forms.Form):
    """A speaker has checked a language."""

    checked_by = forms.CharField(
        label="Who checked it",
        max_length=120,
        help_text="Their name as they wish to be named, for example “Ewa Nowak, parent”.",
    )
    checked_on = forms.DateField(
        label="When", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = today
