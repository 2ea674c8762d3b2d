"""Setting a typst template as a tagged PDF (PDF/UA-1)."""

from importlib.resources import as_file, files


def tagged_pdf(package: str, template: str, data: str) -> bytes:
    """PDF bytes of `template` in `package`; `data` (JSON) reaches it as `report`, never as typst source.

    Only the fonts that come with belong are used, so that it looks alike everywhere.
    """
    import typst

    with as_file(files(package) / template) as source, as_file(files("belong.tell") / "fonts") as fonts:
        made = typst.compile(
            str(source),
            format="pdf",
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"report": data},
            pdf_standards=["ua-1"],
        )
    if not isinstance(made, bytes):
        raise TypeError("the PDF came back in pieces")
    return made
