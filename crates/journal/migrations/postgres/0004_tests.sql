-- The tests that somebody took are their own: they stay when a leader takes the doctor out of the course.
ALTER TABLE test_result DROP CONSTRAINT test_result_course_hpr_fkey;
ALTER TABLE test_result ADD FOREIGN KEY (course) REFERENCES course (id);
