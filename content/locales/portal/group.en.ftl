# My group: dots, members, shared reports, meeting guide. Services. English.

group-list-title = My groups
group-none = You are not in any course group.
group-none-how = The leader of a group can enrol you by your HPR number.
group-is-member = You are a member
group-is-leader = You are the leader
group-is-leader-and-member = You are leader and member
group-back = Back to the group
group-pages = Pages of the group
group-to-guide = Guide for the next meeting
group-to-roster = Members
group-problem = Something must be mended
group-hpr = HPR number { $hpr }
group-no-edition = No edition of the figures has been published yet.

## The dots
group-lead = Where the doctors of the group lie. No dot has a name, and only you see which one is yours.
group-dots = The doctors as dots
group-choose = Choose a period
group-dots-members = The dots are { $count } doctors who were in the group on { $moment }. The same doctors are drawn as long as the edition stands, also when somebody comes or goes.
group-dots-from = The dots are shown from { $moment }. The group has new members, and is drawn when it has stood unchanged for a day.
group-dots-too-few = The dots cannot be shown: the group has fewer than ten doctors.
group-dots-key = One dot is one doctor. At the far left and the far right at least five doctors stand together, so that nobody stands out. The band below is the middle eight of ten doctors of the country, and the diamond is the country as a whole.
group-country = The country
group-country-range = Eight of ten doctors of the country: { $range }
group-as-one = The group as a whole
group-you = You
group-not-a-dot = You are not one of the dots: you were not a member when they were drawn, or have too little to count for the number to be compared.
group-places = The dots as a table
group-places-where = Value
group-places-count = Doctors
group-rest = The other numbers
group-rest-show = Show all

## Shared with the leader
group-shared-with-you = Reports shared with you
group-shared-none = No reports are shared with you now.
group-shared-lead = Every time you open a report, it stands in the log of the doctor whom it is about.
group-share-every = All reports, shared { $moment }
group-share-one = The report for { $period }, shared { $moment }
group-shared-title = A report that is shared with you
group-shared-heading = A report shared with you
group-shared-back = Back
group-shared-since = The doctor shared the report with you on { $moment }.
group-shared-until = The share can be taken back at any time, and the report then closes at once.
group-shared-you = In the report, “you” is the doctor whom it is about. Goals, plans, log and messages about errors are not included.
group-shared-all = All numbers
group-shared-all-lead = The most important ones come first, with charts. The others are brief.

## Members
group-roster-title = Members of { $group }
group-roster-lead = You enrol and take out by HPR number. The doctor concerned sees it in their log.
group-roster-count = { $count ->
    [0] The group has no members.
    [one] The group has one member.
   *[other] The group has { $number } members.
  }
group-roster-enrol = Enrol a doctor
group-roster-hpr = HPR number
group-roster-hpr-hint = Seven to nine digits. The doctor need not have logged in before.
group-roster-enrol-do = Enrol
group-roster-members = Members
group-roster-number = HPR number
group-roster-since = Member since
group-roster-change = Change
group-roster-take-out = Take out
group-roster-take-out-of = Take out { $hpr }
group-roster-take-out-what = What the doctor has shared with you closes at once.
group-roster-enrolled = The doctor is enrolled.
group-roster-out = The doctor has been taken out of the group.
group-roster-gone = The doctor had already been taken out of the group.
group-roster-problem-hpr = Write an HPR number of seven to nine digits.
group-roster-problem-unknown = No doctor with this HPR number is in the published numbers or has logged in here. Check the number, or ask the doctor to log in first.
group-roster-problem-there = The doctor is a member of the group already.
group-roster-problem-full = The group has 100 members, which is the most. Take somebody out first.

## Meeting guide
group-guide-title = Meeting guide for { $group }
group-guide-heading = A guide for the group’s meeting
group-guide-lead = An hour and a half about antibiotics, with the group’s own numbers. The aim is one thing that you will try, not a judgement of anybody.
group-guide-print = Printed, the guide fills two A4 pages. Your own number is not on it.
group-guide-before = Before the meeting
group-guide-before-report = Everybody has seen their own report. It is theirs, and nobody has to show it.
group-guide-before-choose = Whoever leads the meeting has chosen one or two of the numbers on the next page. There is no time for more.
group-guide-before-bring = Everybody brings two patients of the last month, without names: one where the choice was easy, and one where it was hard.
group-guide-plan = Timetable
group-guide-minutes = Minutes
group-guide-what = What you do
group-guide-plan-open = Welcome.
group-guide-plan-open-how = Whoever leads says what stays in the room, and which number you take first.
group-guide-plan-alone = Alone.
group-guide-plan-alone-how = Guess where you lie, then look in your own report. Note what surprised you.
group-guide-plan-pairs = In pairs.
group-guide-plan-pairs-how = Tell each other about the two patients. The one who listens only asks.
group-guide-plan-together = Together.
group-guide-plan-together-how = Look at the dots and take the three questions one by one. Everybody speaks before anybody speaks twice.
group-guide-plan-together-numbers = Look at the numbers on the next page and take the three questions one by one. Everybody speaks before anybody speaks twice.
group-guide-plan-agree = Agree.
group-guide-plan-agree-how = Everybody writes a plan: “When this happens, I do that.” The group chooses one thing that all of you try.
group-guide-plan-end = Close.
group-guide-plan-end-how = Agree on when you look at the numbers again, and who will bring it up.
group-guide-talk = How to talk about the dots
group-guide-talk-numbers = How you talk about the numbers
group-guide-talk-guess = Do not guess who is who, and do not ask anybody to tell.
group-guide-talk-own = Whoever wants to tells what the number means in their own practice. It is never anybody’s turn.
group-guide-talk-why = Ask “what makes it hard?” before “what should we do?”.
group-guide-talk-patients = Patients differ. Ask what sets the lists apart before you ask what sets the doctors apart.
group-guide-talk-chance = Small numbers vary. A dot a little to the side may be chance.
group-guide-talk-chance-numbers = Small numbers vary. A number a little to the side of the country may be chance.
group-guide-differs = Where the group differs most
group-guide-numbers = Numbers to talk about
group-guide-questions = Three open questions
group-guide-agreed = What we agreed on
group-guide-agreed-lead = What do we try, from when, and when do we look at the numbers again?

## Services
group-service = The service { $name }
group-service-intro = The figures of the place as a whole, as they are published, beside the country. No single doctor can be read from them.
group-service-own = The service
group-service-figures = Published figures
group-service-lead = The figures are about doctors whose latest place of work in the period was this service. Sums are rounded.
group-service-no-scope = The edition has no published figures of { $name }. Figures of a place of work are published when at least five doctors had it as their latest in the period. Doctors who only take shifts here count towards their own practice.
group-service-untold = What cannot be told
