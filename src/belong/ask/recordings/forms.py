"""What the form of a recording carries."""

from django import forms


class SoundForm(forms.Form):
    """A recording, made on the page or chosen as a file."""

    sound = forms.FileField(
        label="Recording",
        help_text="Up to 20 seconds: MP3, M4A, WAV, OGG or WebM.",
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.webm,.ogg"}),
        error_messages={"required": "Record it, or choose a file.", "empty": "That file is empty."},
    )
