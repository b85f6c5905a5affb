package org.vauban.attack.canary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a search met. It names owner, value, encoding and place, and never shows a value.
 *
 * <p>An owner is found when one distinctive form of it was met. Weak forms, four bytes long, meet chance: all of them count when a
 * weak encoding met more than twice as many owners as chance would, and ten.
 */
public final class Found {
    private static final int SHOWN_MAX = 20;

    private final Wanted wanted;
    private final BitSet strong = new BitSet();
    private final Map<String, BitSet> byEncoding = new TreeMap<>();
    private final Map<String, BitSet> byValue = new TreeMap<>();
    private final Map<String, BitSet> weak = new TreeMap<>();
    private final List<String> places = new ArrayList<>();
    private final List<String> schedules = new ArrayList<>();
    private final List<String> cutShort = new ArrayList<>();
    private long files;
    private long bytes;
    private long layers;

    Found(Wanted wanted) {
        this.wanted = wanted;
    }

    void met(int formNumber, String place) {
        Form form = wanted.form(formNumber);
        int owner = wanted.ownerOf(formNumber);
        if (form.weak()) {
            weak.computeIfAbsent(form.encoding(), _ -> new BitSet()).set(owner);
            return;
        }
        byEncoding.computeIfAbsent(form.encoding(), _ -> new BitSet()).set(owner);
        byValue.computeIfAbsent(form.value(), _ -> new BitSet()).set(owner);
        if (!strong.get(owner) && places.size() < SHOWN_MAX) {
            places.add(wanted.owner(owner) + ": " + form.value() + " as " + form.encoding() + " in " + place);
        }
        strong.set(owner);
    }

    void metSchedule(String place) {
        schedules.add(place);
    }

    void cutShort(String place) {
        cutShort.add(place);
    }

    void read(long count) {
        bytes += count;
    }

    void readFile() {
        files++;
    }

    void unpacked() {
        layers++;
    }

    /** The owners that were found, by their numbers. */
    public BitSet owners() {
        var all = (BitSet) strong.clone();
        weak.values().stream().filter(this::isACrowd).forEach(all::or);
        return all;
    }

    /** Chance: every place against every form, out of the numbers that four bytes have. */
    private boolean isACrowd(BitSet met) {
        double chance = Math.min(wanted.owners(), 2.0 * bytes * wanted.owners() / (1L << 32));
        return met.cardinality() > 2 * chance + 10;
    }

    /** How many were found. */
    public int count() {
        return owners().cardinality();
    }

    /** Owners met, by encoding. */
    public Map<String, Integer> byEncoding() {
        return counted(byEncoding);
    }

    /** Owners met, by the value that gave them away. */
    public Map<String, Integer> byValue() {
        return counted(byValue);
    }

    private static Map<String, Integer> counted(Map<String, BitSet> met) {
        Map<String, Integer> counts = new TreeMap<>();
        met.forEach((name, owners) -> counts.put(name, owners.cardinality()));
        return counts;
    }

    /** Where the first ones were met. */
    public List<String> places() {
        return List.copyOf(places);
    }

    /** Where AES-256 key schedules stand, whosever they are. */
    public List<String> schedules() {
        return List.copyOf(schedules);
    }

    /** What was larger than the search unpacks, or could not be opened: not searched, and no evidence. */
    public List<String> notSearched() {
        return List.copyOf(cutShort);
    }

    public long files() {
        return files;
    }

    /** Bytes read, those of unpacked layers among them. */
    public long bytes() {
        return bytes;
    }

    /** Packed stretches that were unpacked. */
    public long layers() {
        return layers;
    }
}
