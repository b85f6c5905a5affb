package org.vauban.study.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vauban.study.Agreement;
import org.vauban.study.ReferenceCase;
import org.vauban.study.SharedReference;

/** The log-rank family gives the numbers of R's {@code survdiff}. */
class LogRankReferenceTest {
    private static final Pattern CALL =
            Pattern.compile("Surv\\(([^)]*)\\)~([\\w.]+)(?:\\+strata\\(([\\w.]+)\\))?,data=d(?:,rho=([\\d.]+))?");
    private static final Agreement AGREEMENT = new Agreement("logrank");

    static Stream<ReferenceCase> cases() {
        return ReferenceCase.of(SharedReference.folder("oracles/epi"), "logrank");
    }

    @AfterAll
    static void tell() {
        System.out.println(AGREEMENT.report());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheNumbersOfR(ReferenceCase reference) {
        Matcher call = CALL.matcher(reference.call());
        assertThat(call.find()).isTrue();
        List<String> used = new ArrayList<>(Arrays.asList(call.group(1).split(",", -1)));
        used.add(call.group(2));
        if (call.group(3) != null) {
            used.add(call.group(3));
        }
        ReferenceCase.Table whole = reference.table("input.csv");
        ReferenceCase.Table rows = whole.where(IntStream.range(0, whole.rows())
                .filter(row -> used.stream().allMatch(column -> whole.known(column, row))));
        // The groups are in the reference's order, which may be that of a factor.
        List<String> names = reference
                .answer()
                .get("groups")
                .valueStream()
                .map(each -> each.asString().replaceFirst("^[^=]*=", ""))
                .toList();
        int[] groups =
                rows.texts(call.group(2)).stream().mapToInt(names::indexOf).toArray();
        int[] strata = call.group(3) == null ? new int[rows.rows()] : rows.groups(call.group(3));
        double rho = call.group(4) == null ? 0 : Double.parseDouble(call.group(4));

        LogRank.Result result = LogRank.test(
                KaplanMeier.Times.of(rows.numbers(used.get(0)), rows.flags(used.get(1))),
                groups,
                strata,
                LogRank.Weighting.flemingHarrington(rho, 0));

        Agreement.Case figures = AGREEMENT.of(reference);
        for (int group = 0; group < names.size(); group++) {
            figures.number("n/" + group, result.rows()[group], 0)
                    .number("observed/" + group, result.total().observed()[group], 1e-8)
                    .number("expected/" + group, result.total().expected()[group], 1e-8);
            for (int stratum = 0; stratum < result.strata().size(); stratum++) {
                String place = "_by_stratum/" + group + "/" + stratum;
                figures.number("observed" + place, result.strata().get(stratum).observed()[group], 1e-8)
                        .number("expected" + place, result.strata().get(stratum).expected()[group], 1e-8);
            }
            for (int other = 0; other < names.size(); other++) {
                figures.number("var/" + group + "/" + other, result.covariance()[group][other], 1e-8);
            }
        }
        figures.number("chisq", result.chiSquared(), 1e-8)
                .number("df", result.degreesOfFreedom(), 0)
                .number("p", result.p(), 1e-6)
                .check();
    }
}
