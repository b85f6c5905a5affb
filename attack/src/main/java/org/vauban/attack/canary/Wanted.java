package org.vauban.attack.canary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is sought, as one automaton after Aho and Corasick ("Efficient string matching", 1975): a byte is looked at once,
 * however many forms there are.
 *
 * <p>The automaton holds the first eight bytes of each form, and the rest is compared where they were met. So ten thousand people in
 * in a hundred encodings are some millions of states in a few arrays, and not a table of gigabytes.
 */
public final class Wanted {
    /** How far behind a position the longest form may reach. */
    static final int BYTES_MAX = 240;

    private static final int HEAD_BYTES = 8;
    private static final int ROOT = 0;
    private static final int NONE = -1;

    private final List<String> owners = new ArrayList<>();
    private final List<Form> forms = new ArrayList<>();
    private final List<Integer> ownerOfForm = new ArrayList<>();
    private final Map<String, Integer> encodings = new TreeMap<>();

    private int states = 1 + 256;
    private int[] parent = filled(1 << 16);
    private byte[] label = new byte[1 << 16];
    private byte[] depth = new byte[1 << 16];
    private int[] fail = new int[1 << 16];
    private int[] firstForm = filled(1 << 16);
    /** The state itself or the nearest shorter one that ends a form's head. */
    private int[] ending = filled(1 << 16);
    /** States by parent and byte: a hash table with open places, at most a quarter full. */
    private int[] children = filled(1 << 18);

    private int[] nextForm = {};
    private boolean linked;

    /** Says who owns the forms that are added next; returns the owner's number. */
    public int owner(String name) {
        owners.add(name);
        return owners.size() - 1;
    }

    /** A person, by what tells who it is and what it has. */
    public int person(Canary canary) {
        int owner = owner("person " + canary.number());
        Forms.ofIdentity(canary).forEach(form -> add(owner, form));
        Forms.ofHealth(canary).forEach(form -> add(owner, form));
        return owner;
    }

    /** A person, by what tells who it is alone. */
    public int identity(Canary canary) {
        int owner = owner("person " + canary.number());
        Forms.ofIdentity(canary).forEach(form -> add(owner, form));
        return owner;
    }

    /** A person, by what it has alone. */
    public int health(Canary canary) {
        int owner = owner("person " + canary.number());
        Forms.ofHealth(canary).forEach(form -> add(owner, form));
        return owner;
    }

    /** A key, by its name. */
    public int key(String name, byte[] key) {
        int owner = owner("key " + name);
        Forms.ofKey("key", key).forEach(form -> add(owner, form));
        return owner;
    }

    void add(int owner, Form form) {
        if (linked || form.bytes().length < Integer.BYTES || form.bytes().length > BYTES_MAX) {
            throw new IllegalArgumentException("A form has 4 to " + BYTES_MAX
                    + " bytes and is added before the search: " + form.encoding() + ", " + form.bytes().length);
        }
        int state = ROOT;
        for (int at = 0; at < Math.min(HEAD_BYTES, form.bytes().length); at++) {
            state = childOrNew(state, form.bytes()[at] & 0xff, at);
        }
        int number = forms.size();
        forms.add(form);
        ownerOfForm.add(owner);
        encodings.merge(form.encoding(), 1, Integer::sum);
        if (number >= nextForm.length) {
            nextForm = Arrays.copyOf(nextForm, Math.max(1024, number * 2));
        }
        nextForm[number] = firstForm[state];
        firstForm[state] = number;
    }

    /** Names of encodings, and how many forms each has. */
    public Map<String, Integer> encodings() {
        return Map.copyOf(encodings);
    }

    public int owners() {
        return owners.size();
    }

    String owner(int number) {
        return owners.get(number);
    }

    Form form(int number) {
        return forms.get(number);
    }

    int ownerOf(int form) {
        return ownerOfForm.get(form);
    }

    /** Makes the automaton; nothing is added afterwards. */
    Wanted linked() {
        if (linked) {
            return this;
        }
        linked = true;
        for (int one = 0; one < 256; one++) {
            link(1 + one, ROOT);
        }
        for (int level = 2; level <= HEAD_BYTES; level++) {
            for (int state = 1 + 256; state < states; state++) {
                if (depth[state] == level) {
                    link(state, step(fail[parent[state]], label[state] & 0xff));
                }
            }
        }
        return this;
    }

    private void link(int state, int instead) {
        fail[state] = instead;
        ending[state] = firstForm[state] != NONE ? state : ending[instead];
    }

    /** The state after one more byte. */
    int step(int from, int octet) {
        int state = from;
        while (state != ROOT) {
            int child = children[place(state, octet)];
            if (child != NONE) {
                return child;
            }
            state = fail[state];
        }
        return 1 + octet;
    }

    /** The state that ends heads here, or -1; ask {@link #shorter} for the next one. */
    int ending(int state) {
        return ending[state];
    }

    int shorter(int endingState) {
        return ending[fail[endingState]];
    }

    /** The first form whose head ends in this state; ask {@link #next} for the others. */
    int first(int endingState) {
        return firstForm[endingState];
    }

    int next(int form) {
        return nextForm[form];
    }

    /** How many bytes of a form the automaton has seen when it ends. */
    static int headBytes(Form form) {
        return Math.min(HEAD_BYTES, form.bytes().length);
    }

    private int childOrNew(int state, int octet, int level) {
        if (level == 0) {
            depth[1 + octet] = 1;
            return 1 + octet;
        }
        int child = children[place(state, octet)];
        if (child != NONE) {
            return child;
        }
        if (states == label.length) {
            grow(states * 2);
        }
        int made = states++;
        parent[made] = state;
        label[made] = (byte) octet;
        depth[made] = (byte) (level + 1);
        children[place(state, octet)] = made;
        return made;
    }

    /** Where a state's child stands in the table, or would stand. */
    private int place(int state, int octet) {
        long mixed = ((long) state << 8 | octet) * 0x9E3779B97F4A7C15L;
        int mask = children.length - 1;
        int place = (int) (mixed >>> 32) & mask;
        while (children[place] != NONE
                && (parent[children[place]] != state || (label[children[place]] & 0xff) != octet)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow(int size) {
        int before = label.length;
        label = Arrays.copyOf(label, size);
        depth = Arrays.copyOf(depth, size);
        fail = Arrays.copyOf(fail, size);
        parent = Arrays.copyOf(parent, size);
        firstForm = Arrays.copyOf(firstForm, size);
        ending = Arrays.copyOf(ending, size);
        Arrays.fill(firstForm, before, size, NONE);
        Arrays.fill(ending, before, size, NONE);
        children = filled(size * 4);
        for (int state = 1 + 256; state < states; state++) {
            children[place(parent[state], label[state] & 0xff)] = state;
        }
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }
}
