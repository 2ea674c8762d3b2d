"""What higher rooms may hear from guard.

`erased` (school): rows were erased or their time was up; sent inside the transaction. Whoever can give their space back
(so that nothing of them is left in free pages) does it after the commit.
"""

from django.dispatch import Signal

erased = Signal()
