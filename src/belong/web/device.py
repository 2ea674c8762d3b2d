"""What a page may use of the device it is shown on: nothing, unless it asks for it by name."""

FEATURES = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip


def policy(*wanted: str) -> str:
    """A Permissions-Policy that shuts everything but `wanted`, which this site's own page alone may use."""
    return ", ".join(f"{feature}=({'self' if feature in wanted else ''})" for feature in FEATURES)
