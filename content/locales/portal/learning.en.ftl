# E-learning, for the doctor

learning-title = E-learning
learning-intro = The courses that you are enrolled in, your meetings, and short modules with a test each. You may take a test as often as you like; the best result counts.
learning-courses = Your courses
learning-no-course = You are not enrolled in a course. The leader of your course group enrols you.
learning-fulfilled = Completed { $day }
learning-lacking = { $count ->
    [one] { $number } requirement is left
   *[other] { $number } requirements are left
  }
learning-modules = Modules
learning-modules-lead = The modules are opened from your course.
learning-no-module = No module is valid at present.
learning-minutes = About { $minutes } minutes
learning-valid = Valid { $first } – { $last }
learning-back = Back to e-learning
learning-missing = This is missing before the certificate can be made:
learning-missing-do = You take the tests yourself in the modules. The course leader notes the attendance.
learning-about-certificate = How you get the certificate
learning-certificate-pdf = Download the certificate (PDF)
learning-follow-own = Your own numbers after the course
learning-follow-group = The whole group together
learning-source = Source
learning-sources = Sources
learning-to-test = To the test
learning-best = Your best result: { $best }.
learning-test = Test
learning-needed = Passed with { $needed } of { $all } right.
learning-test-lead = One answer is right for each question. You get the answer with an explanation at once.
learning-send = Hand in the answers
learning-problem = Some questions are not answered
learning-problem-unanswered = Choose an answer to question { $number }.
learning-result-passed = Passed: { $right } of { $all } right. The result is saved.
learning-result-not-passed = { $right } of { $all } right, not passed yet. The result is saved, and you can take the test again.
learning-was-right = Right: { $answer }.
learning-was-wrong = Not right: { $answer }.
learning-right-is = The right answer: { $answer }.
learning-again = Take the test again
learning-undated = undated
