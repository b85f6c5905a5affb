package org.vauban.study.overtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One person followed day by day, from day 0.
 *
 * @param days how many days at risk; the event, if there is one, is on the last
 * @param event whether follow-up ends with the event
 * @param courses of the exposure, by first day and without overlaps; they may begin before day 0
 */
public record History(int days, boolean event, List<Course> courses) {
    public History {
        if (days < 1) {
            throw new IllegalArgumentException("Somebody who is followed is followed for a day");
        }
        courses = joined(courses);
    }

    /** Days of exposure in a row, first and last counted. */
    public record Course(int first, int last) {
        public Course {
            if (last < first) {
                throw new IllegalArgumentException("A course does not end before it begins");
            }
        }
    }

    private static List<Course> joined(List<Course> courses) {
        List<Course> sorted = new ArrayList<>(courses);
        sorted.sort(Comparator.comparingInt(Course::first));
        List<Course> joined = new ArrayList<>();
        for (Course next : sorted) {
            if (!joined.isEmpty() && next.first() <= joined.getLast().last() + 1) {
                Course before = joined.removeLast();
                joined.add(new Course(before.first(), Math.max(before.last(), next.last())));
            } else {
                joined.add(next);
            }
        }
        return List.copyOf(joined);
    }

    /** How many days up to this one were exposed. */
    int exposedUntil(int day) {
        int exposed = 0;
        for (Course course : courses) {
            exposed += Math.max(0, Math.min(day, course.last()) - course.first() + 1);
        }
        return exposed;
    }

    /** How long ago the last exposed day was: 0 on an exposed day, negative when there was none yet. */
    int daysSince(int day) {
        int since = -1;
        for (Course course : courses) {
            if (course.first() <= day) {
                since = Math.max(0, day - course.last());
            }
        }
        return since;
    }

    /** The first exposed day; beyond all days when there is none. */
    public int begun() {
        return courses.isEmpty() ? Integer.MAX_VALUE : courses.getFirst().first();
    }

    @Override
    public String toString() {
        return "History";
    }
}
