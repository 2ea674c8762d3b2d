"""Names for made-up people, as mixed as an English town."""

GIRLS = (
    "Aaliyah Abigail Aisha Alice Amber Amelia Amina Amira Anaya Aria Asha Ava Bea Bethan Bronwyn Cerys Chloe Daisy "
    "Dana Ebony Eleri Elif Ella Elsie Emily Emma Erin Esme Ewa Fatima Faye Florence Freya Gabriela Grace Hafsa Hana "
    "Hannah Harriet Imogen Ioana Isha Isla Ivy Jasmine Jaya Jess Kaja Keira Khadija Kira Lara Layla Leila Lily Lola "
    "Lucy Maja Maryam Matilda Mei Mia Millie Molly Nadia Naomi Niamh Nia Nina Olivia Oluchi Orla Phoebe Poppy Priya "
    "Rania Rosie Ruby Saffron Sana Sara Scarlett Seren Simran Sofia Sumaya Tegan Thea Tia Uma Violet Willow Yasmin "
    "Zahra Zara Zofia Zoe"
).split()
BOYS = (
    "Aaron Abdul Adam Adrian Ahmed Aidan Alex Alfie Ali Andrei Arjun Arlo Arthur Ashton Ayaan Ben Bilal Callum Caleb "
    "Charlie Connor Daniel David Dev Dylan Edward Eesa Elijah Ellis Emre Ethan Evan Farhan Felix Finley Frankie "
    "Freddie George Gethin Hamza Harry Harvey Henry Hugo Ibrahim Idris Isaac Jack Jacob Jake Jakub James Jamie Joel "
    "Joseph Joshua Kai Kian Kofi Kwame Lewis Leo Leon Liam Logan Louis Luca Lucas Mason Mateusz Max Mihai Mohammed "
    "Musa Nathan Noah Oliver Omar Oscar Owen Patrick Quinn Rafael Rayan Reuben Rhys Riley Rohan Ryan Sami Samuel "
    "Sebastian Stefan Tariq Theo Thomas Toby Tomasz Tyler Umar William Yusuf Zac Zayn"
).split()
FAMILIES = (
    "Abbott Abdi Adams Adeyemi Ahmed Akhtar Ali Allen Andrews Asante Bailey Baker Bains Banerjee Barnes Begum Bell "
    "Bennett Bhatt Brooks Brown Burns Butler Carter Chan Chapman Chaudhry Clarke Collins Cook Cooper Costa Cox Davies "
    "Dawson Dhillon Diaz Dixon Dobson Edwards Ellis Evans Farah Fisher Fletcher Ford Foster Fox Francis Gardner Gibson "
    "Gill Graham Grant Gray Green Griffiths Hall Hamid Harris Harrison Hassan Hill Holmes Hopkins Hughes Hunt Hussain "
    "Ibrahim Ionescu Iqbal Jackson James Jenkins John Johnson Jones Kaur Kelly Khan King Knight Kowalski Lawson Lee "
    "Lewis Lloyd Malik Marsh Marshall Martin Mason Matthews McCarthy Mensah Miah Miller Mills Mitchell Moore Morgan "
    "Morris Murphy Murray Newton Nguyen Nowak Ofori Okafor Okeke Osman Owen Palmer Parker Patel Pearce Perry Phillips "
    "Popescu Powell Price Pugh Qureshi Rahman Reid Reynolds Richards Roberts Robinson Rogers Rose Russell Ryan Sharma "
    "Shah Shaw Silva Simpson Singh Smith Spencer Stevens Stewart Sutton Szymanski Taylor Thomas Thompson Turner Walker "
    "Walsh Ward Watson Webb Wells White Williams Wilson Wood Wright Yildiz Young Yusuf Zaman Zielinski"
).split()
TITLES = ("Mrs", "Mr", "Ms", "Miss", "Dr")
