# Uptake and effect. English.

uptake-title = How many have fetched their report
uptake-nothing = No edition has been published yet.
uptake-too-few = Fewer than five doctors have a report in this edition, so no figures are shown.
uptake-to-courses = What the courses changed
uptake-to-fetched = How many have fetched their report
uptake-choose = Choose edition
uptake-edition = Edition
uptake-show = Show
uptake-lead = { $fetched } of { $all } doctors have fetched their report: { $share }.
uptake-goal-reached = The goal is reached: the majority have fetched their report.
uptake-goal-missing = { $count ->
    [one] The goal is that the majority fetch it each year. One doctor is missing.
   *[other] The goal is that the majority fetch it each year. { $number } doctors are missing.
}
uptake-months = Month by month
uptake-months-lead = How many had fetched their report by the end of each month. The line is the goal: more than half.
uptake-month = Month
uptake-share = Share of the doctors
uptake-fetched = Doctors who have fetched
uptake-new = New this month
uptake-counties = County by county
uptake-counties-lead = The county where most have fetched their report stands first. The line is the goal: more than half.
uptake-counties-none = No county is large enough to be shown.
uptake-county = County
uptake-doctors = Doctors with a report
uptake-no-county = County not known
uptake-by-month = Share at the end of each month
uptake-untold = What is not shown, and why
uptake-kept-back = fewer than five doctors, or a small county could be worked out from the figure.
uptake-nobody-named = Who has fetched the report is shown to nobody. The doctor sees it in the own log.
uptake-counts = A doctor is counted the first time the report is opened or downloaded. Doctors without a report in the edition are not counted.

uptake-courses-title = What the courses changed
uptake-courses-lead = All groups with a course in the same month, beside similar doctors without a course in the same months. Groups of fewer than five doctors get no figures.
uptake-courses-choose = Choose edition and month of the course
uptake-courses-month = Month of the first meeting
uptake-courses-held = Courses that were held
uptake-courses-number = Courses
uptake-courses-doctors = Doctors
uptake-courses-few = fewer than five
uptake-courses-none = No course in the service has had its first meeting yet.
uptake-courses-nobody = None of those who took part in the course has a report in this edition.
uptake-courses-other-period = This edition does not hold the months that are needed: at least three whole months after the course, and the same months a year before.
uptake-courses-damaged = The change cannot be worked out from this edition.
