package org.vauban.ledger.tree;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a tile of hashes or of a bundle of entries, as in C2SP tlog-tiles: {@code tile/<level>/<index>} or {@code
 * tile/entries/<index>}, with {@code .p/<width>} behind it while it holds fewer than 256.
 *
 * <p>A hash at level {@code l} is the root over 256<sup>l</sup> entries. Bundles stand beside the tiles of level 0.
 *
 * @param level 0 to 7, or {@link #ENTRIES}; level 7 is enough for more entries than a {@code long} can count
 * @param index position of the tile in its level, below 10<sup>15</sup>
 * @param width number of hashes or entries, 1 to 256; 256 is a full tile
 */
public record TilePath(int level, long index, int width) {

    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL = 256;

    /** Stands in the place of a level for bundles of entries. */
    public static final int ENTRIES = -1;

    public static final int HIGHEST_LEVEL = 7;

    private static final int BITS_PER_LEVEL = 8;
    private static final int DIGITS = 1000;
    private static final long INDEXES = 1_000_000_000_000_000L;
    private static final Pattern FORM =
            Pattern.compile("tile/([0-7]|entries)/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        boolean isPlace = level >= ENTRIES && level <= HIGHEST_LEVEL && index >= 0 && index < INDEXES;
        if (!isPlace || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "No tile has level " + level + ", index " + index + ", width " + width + ".");
        }
    }

    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /** How many hashes (or entries) the tile at this place has in a tree of {@code size} entries; 0 when it has no such tile. */
    public static int widthIn(long size, int level, long index) {
        long hashesInLevel = size >>> (BITS_PER_LEVEL * Math.max(level, 0));
        return (int) Math.clamp(hashesInLevel - index * FULL, 0L, (long) FULL);
    }

    /** How many entries one hash of this level stands for. */
    public static long entriesPerHash(int level) {
        return 1L << (BITS_PER_LEVEL * Math.max(level, 0));
    }

    public boolean isPartial() {
        return width < FULL;
    }

    /** The first entry under the hash at this position of the tile; position {@code width} is the first entry after the tile. */
    public long entryAt(int position) {
        return (index * FULL + position) * entriesPerHash(level);
    }

    /** The path that {@link #toString()} wrote, or empty when the text is not the one canonical way to write a place. */
    public static Optional<TilePath> parse(String path) {
        Matcher form = FORM.matcher(path);
        if (!form.matches()) {
            return Optional.empty();
        }
        int level = form.group(1).equals("entries") ? ENTRIES : Integer.parseInt(form.group(1));
        long index = Long.parseLong(form.group(2).replace("x", "").replace("/", ""));
        int width = form.group(3) == null ? FULL : Integer.parseInt(form.group(3));
        if (width > FULL) {
            return Optional.empty();
        }
        TilePath parsed = new TilePath(level, index, width);
        return parsed.toString().equals(path) ? Optional.of(parsed) : Optional.empty();
    }

    /** The folder that holds the partial forms of this tile: it can go once the full tile is there. */
    public String partialFolder() {
        return place() + ".p";
    }

    /** Relative to the log's folder, with {@code /} between the parts. */
    @Override
    public String toString() {
        return isPartial() ? partialFolder() + "/" + width : place();
    }

    private String place() {
        String path = threeDigits(index % DIGITS);
        for (long rest = index / DIGITS; rest > 0; rest /= DIGITS) {
            path = "x" + threeDigits(rest % DIGITS) + "/" + path;
        }
        return "tile/" + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + path;
    }

    private static String threeDigits(long number) {
        return String.format(Locale.ROOT, "%03d", number);
    }
}
