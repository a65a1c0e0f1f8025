# Statements, and information about the service. English.

statements-about-lead = Riktig makes one report on the use of antibiotics for every doctor, from data that the registers already have. The report should be fair, easy to read and something to act on.
statements-about-why-title = Why
statements-about-why = Antibiotics that are not needed cause resistance and side effects. Doctors who see their own numbers together with colleagues and make a plan change more than doctors who only get advice. So the report goes with a course in the continuing-education group, and with a follow-up that shows whether anything became different.
statements-about-how-title = How the numbers are made
statements-about-how = Each dispensing of an antibiotic is linked to the contact it belongs to. Your number stands beside what was to be expected for the same patients with doctors in general. Where there is too little to tell, the report says so. At the foot of every report stands which data it is made of, and what was left out.
statements-about-not-title = What it is not
statements-about-not = The report is no inspection, no ranking and no answer for a single patient. Nobody gets hold of it unless you share it.
statements-about-open-title = Open source
statements-about-open = The program is free under EUPL 1.2. The definition of every measure, with worked examples, is open together with the code.

statements-privacy-lead = This page says which data about you the service processes, why, for how long, and what you can ask for. The service does not track you, and its pages load nothing from anybody else.
statements-privacy-who-title = Who is responsible
statements-privacy-who = The controller is the organisation that runs this service. Questions and requests go there. If you disagree with the answer, you can complain to the Norwegian Data Protection Authority (Datatilsynet).
statements-operator-name = The organisation is { $name }.
statements-operator-contact = You reach them here: { $contact }
statements-privacy-what-title = What is processed
statements-privacy-what-login = Login: the national identity number from HelseID is kept only as a keyed hash that cannot be read back. HPR number, chosen language, first and last login, and the organisation you logged in for.
statements-privacy-what-report = The report: numbers on your own prescribing, made of data from the Norwegian prescribed drug registry and the registry of municipal patients and users. Patients are pseudonyms under a secret key, and a report holds no patient.
statements-privacy-what-work = What you do here: goals and plans, what you have shared and with whom, group and courses, attendance and tests, numbers that you said are not yours, and when you opened or downloaded your report.
statements-privacy-what-log = The log: each time somebody looks at something about another person or changes something, it is written down who, about whom, what, when and on which basis. You can read what is about you under Access and rights.
statements-privacy-basis-title = Why, and by what right
statements-privacy-basis = The purpose is better quality of antibiotic treatment. The basis is a task in the public interest (GDPR Article 6(1)(e)) and, for data concerning health, Article 9(2)(h) and (i), together with the Norwegian health registry act and the terms under which the registers delivered the data. Sharing with a group leader happens only when you choose it, and you can withdraw it at any time.
statements-privacy-long-title = For how long
statements-privacy-long-session = The login: until you log out, or until it has not been used for a while. A day and a night at most.
statements-privacy-long-shares = A share that was withdrawn: one year.
statements-privacy-long-fetched = Mailings, settled objections, and when the report was opened: five years.
statements-privacy-long-away = Everything about you, once you have not logged in for five years and hold no appointment here: erased.
statements-privacy-long-courses = Courses, attendance, tests and ended memberships of groups: ten years.
statements-privacy-long-names = Names in the log: ten years. The lines stay without a name, so that nobody can remove their traces. If you erase everything about yourself, what you did to others still stands in their log.
statements-privacy-rights-title = Your rights
statements-privacy-rights = You can see all that is kept about you, download it, correct what you wrote yourself, object to the processing, and erase what you have written, or everything about you. Numbers that are not yours can be reported on the report page; they are marked until that is settled. Numbers of a published report are not changed, but a fault is mended in the next.
statements-privacy-cookies-title = Cookies
statements-privacy-cookies = One for the login and one for the language, both ours and both necessary. While you log in, there is also one that remembers where you were going. No measuring, no advertising.

statements-accessibility-lead = The service should be usable by everybody. The goal is WCAG 2.2 at level AA, more than the Norwegian regulation on universal design of ICT asks for.
statements-accessibility-done-title = What you can count on
statements-accessibility-done-keyboard = Everything can be done with a keyboard alone, and you can see where you are.
statements-accessibility-done-script = Every page works without JavaScript.
statements-accessibility-done-charts = Every chart has a text that says what it shows, and its numbers stand in a table beside it. Colour never carries anything alone.
statements-accessibility-done-size = Pages can be read on a screen 320 points wide and be enlarged to 400 per cent. Light and dark follow your setting.
statements-accessibility-done-paper = The report as PDF is tagged for screen readers (PDF/UA).
statements-accessibility-faults-title = Known faults
statements-accessibility-faults-users = The service has been tested with automatic tools and by its developers, but not yet by people who use a screen reader every day.
statements-accessibility-faults-tables = The widest tables of operation and research must be scrolled sideways on a narrow screen.
statements-accessibility-faults-words = Terms such as names of drugs and codes of diagnoses are not explained everywhere; the service is made for health personnel.
statements-accessibility-tell-title = Tell us
statements-accessibility-tell = If you find something that shuts you out, tell the organisation that runs the service. If that does not help, the Norwegian Authority for Universal Design of ICT (uutilsynet.no) supervises, and the Anti-Discrimination Tribunal handles complaints.

statements-terminology-lead = The numbers build on code systems that others own. This page says whose they are, and what comes with the program.
statements-terminology-icpc = Owned by Wonca (World Organization of Family Doctors). The Norwegian edition is managed by the Norwegian Directorate of Health. We show codes and short names of groups of infections.
statements-terminology-icd = Owned by the World Health Organization (WHO). The Norwegian edition is managed by the Norwegian Directorate of Health.
statements-terminology-snomed = Owned by SNOMED International. Use asks for a licence; in Norway the Norwegian Directorate of Health gives it. The program comes without the content and shows only concepts that deliveries carry themselves.
statements-terminology-atc = Owned by the WHO Collaborating Centre for Drug Statistics Methodology at the Norwegian Institute of Public Health. Defined daily doses (DDD) are a unit of measurement and no recommended dose.
statements-terminology-aware = The grouping in Access, Watch and Reserve is that of the World Health Organization.
statements-terminology-look-title = The look
statements-terminology-look = The pages use Designsystemet of the Norwegian Digitalisation Agency, under the MIT licence. The report on paper is set in Inter, under the SIL Open Font License.
