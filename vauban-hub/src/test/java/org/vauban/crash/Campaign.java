package org.vauban.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Many crashes of one story, spread evenly over its steps. */
final class Campaign {
    private final List<Step> steps;
    private final Aftermath aftermath;
    private final long seed;
    private final Map<Crash.Way, Integer> crashes = new EnumMap<>(Crash.Way.class);
    private int torn;
    private int losses;
    private int lossesMax = Integer.MAX_VALUE;
    private long slowestMillis;

    Campaign(List<Step> steps, Aftermath aftermath, long seed) {
        this.steps = steps;
        this.aftermath = aftermath;
        this.seed = seed;
    }

    /** Ends after so many losses: those who plant a fault want to know only whether it is found. */
    Campaign until(int count) {
        lossesMax = count;
        return this;
    }

    /** Crashes the story so often; tells what was lost, with the seed and the step that show it again. */
    List<String> run(int count) {
        List<String> found = new ArrayList<>();
        Crash crash = Crash.before(steps, 0);
        int made = 0;
        int beginning = beginning();
        for (int step = 0; step < steps.size() && losses < lossesMax; step++) {
            int due = (int) ((long) count * (step + 1) / steps.size());
            for (; step >= beginning && made < due && losses < lossesMax; made++) {
                one(crash, step, made, found);
            }
            crash.play(steps.get(step));
        }
        return found;
    }

    /** The story begins with the first file; the folders above the home are the machine's. */
    private int beginning() {
        int first = 0;
        while (!(steps.get(first) instanceof Step.NewFile)) {
            first++;
        }
        return first;
    }

    private void one(Crash crash, int step, int number, List<String> found) {
        var chance = new Random(seed + number);
        Crash.Way way = Crash.Way.values()[chance.nextInt(Crash.Way.values().length)];
        crashes.merge(way, 1, Integer::sum);
        long began = System.nanoTime();
        try {
            if (steps.get(step) instanceof Step.Commit commit) {
                torn++;
                aftermath.checkTorn(crash, commit, way, chance);
            } else {
                aftermath.check(crash, way, chance);
            }
        } catch (AssertionError | RuntimeException lost) {
            losses++;
            String words = String.valueOf(lost.getMessage()).strip().replaceAll("\\s+", " ");
            found.add("crash " + number + " of seed " + seed + ", " + way + " before step " + step + " "
                    + steps.get(step).getClass().getSimpleName() + ": "
                    + words.substring(0, Math.min(200, words.length())));
        }
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - began) / 1_000_000);
    }

    String report() {
        int all = crashes.values().stream().mapToInt(Integer::intValue).sum();
        return "simulated crashes: " + all + " over " + steps.size() + " steps " + crashes + ", within a commit " + torn
                + ", with a loss " + losses + ", slowest restart with its checks " + slowestMillis + " ms, seed "
                + seed;
    }
}
