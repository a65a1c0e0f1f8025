# dispute
