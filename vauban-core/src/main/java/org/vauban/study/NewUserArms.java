package org.vauban.study;

import java.util.List;
import java.util.Optional;
import org.vauban.output.AttritionFlow;
import org.vauban.trajectory.Period;

/**
 * Both arms of a new-user design after all its steps, target first.
 *
 * @param attrition who remained after each step
 * @param exposed each arm's persons, once each, in ascending order
 * @param commonPeriod the calendar period common to both cohorts, if asked for and not empty
 * @param before what was recorded of them before
 */
record NewUserArms(
        AttritionFlow attrition, List<List<Exposed>> exposed, Optional<Period> commonPeriod, RecordedBefore before) {
    NewUserArms {
        exposed = exposed.stream().map(List::copyOf).toList();
    }
}
