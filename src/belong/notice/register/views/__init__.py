"""The screens of the register: weeks, what an adult means to do, handing over."""
