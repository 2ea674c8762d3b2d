"""What we tell people: you asked, we heard, we did; reports for governors; exports."""
