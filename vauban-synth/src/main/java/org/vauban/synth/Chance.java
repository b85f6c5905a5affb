package org.vauban.synth;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Repeatable chance for one purpose of one person.
 *
 * <p>Only {@code nextLong} and {@code split} of the generator are used, and {@link StrictMath}, so that the same seed gives
 * the same draws on every machine. Each purpose has its own stream: more noise in the records changes no outcome.
 */
final class Chance {
    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** The stream of one person, whatever the number of persons. */
    static Chance ofPerson(long seed, long number) {
        return new Chance(new SplittableRandom(scramble(seed ^ scramble(number + 0x632BE59BD9B4E019L))));
    }

    /** A stream of its own, independent of what is drawn from this one later. */
    Chance split() {
        return new Chance(random.split());
    }

    /** In [0, 1). */
    double uniform() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    /** Any whole number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        if (most < least) {
            throw new IllegalArgumentException("nothing lies between " + least + " and " + most);
        }
        return least + (int) (uniform() * (most - least + 1L));
    }

    double exponential(double mean) {
        return -mean * StrictMath.log1p(-uniform());
    }

    double normal(double mean, double standardDeviation) {
        double radius = StrictMath.sqrt(exponential(2));
        return mean + standardDeviation * radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** The place of one weight among them, the heavier the more often. */
    int weighted(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = uniform() * sum;
        int place = 0;
        while (place < weights.length - 1 && left >= weights[place]) {
            left -= weights[place];
            place++;
        }
        return place;
    }

    /** Sixty-four unpredictable bits. */
    long bits() {
        return random.nextLong();
    }

    <T> T pick(List<T> choices) {
        return choices.get(between(0, choices.size() - 1));
    }

    /** The finaliser of MurmurHash3 with Stafford's thirteenth constants: neighbouring numbers become strangers. */
    static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
