# The front page and logging in. English.

login-landing-title = Antibiotics in your own practice
login-landing-heading = See how you use antibiotics, and what is worth changing
login-landing-lead = Once a year you get a report on the antibiotics you prescribe: your own numbers, what was to be expected of the patients you have, and where a change would mean most.
login-log-in = Log in with HelseID
login-demo-in = Choose whom to be
login-who-title = For you who prescribe antibiotics
login-who = General practitioners, locums, out-of-hours and nursing-home doctors see their own report. Nobody else sees it unless you share it.
login-group-title = Made for continuing education
login-group = The group meets three times and looks at one another's numbers as dots without names. Afterwards each doctor sees whether anything became different.
login-fair-title = A fair comparison
login-fair = Numbers stand beside what was to be expected of patients of the same age, sex and diagnosis. Where there are too few data, the report says so.
login-need = You need a health personnel number (HPR) and a login at the highest level of security. Operators and researchers log in the same way and get access once two persons have granted it.

login-failed = The login was not completed
login-failed-stopped = The login was stopped before it was finished. Nothing has been saved, and you can begin again.
login-failed-expired = It took too long, or the login was begun in another window. Begin again from here.
login-failed-weak = The login was at a lower level of security than the service asks for. Choose a login at level 4, BankID or Buypass for example.
login-failed-access = You are logged in at HelseID, but we find neither an HPR number nor a role for you here. If you should have access, those who run the service can help.
login-failed-unavailable = The login service does not answer as it should. It is nothing that you did. Try again in a few minutes.
login-again = Log in again

login-demo-title = Choose whom to be
login-demo-lead = Everybody here is invented. Choose a person, and you see what that person would have seen. You can log out and choose another at any time.
login-role-prescriber = General practitioner
login-sees-prescriber = Own report, own goals and plan, own group
login-role-leader = Group leader
login-sees-leader = The same as a general practitioner, and the group's course with dots without names
login-role-institution = Head of a nursing home or an out-of-hours service
login-sees-institution = The place's numbers taken together
login-role-chief = Municipal chief doctor
login-sees-chief = The municipality as a whole, never a single doctor
login-role-operator = National operator
login-sees-operator = Deliveries, publication, mailings and roles, no reports
login-role-researcher = Researcher
login-sees-researcher = Totals for research
login-role-patient = Patient
login-sees-patient = Own prescriptions, what they are for, and who has looked
login-role-guardian = Parent
login-sees-guardian = The child’s prescriptions
login-role-pharmacist = Pharmacist
login-sees-pharmacist = Prescriptions at the pharmacy with diagnosis and guideline, dispensing and label
