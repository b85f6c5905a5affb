package org.vauban.attack.table;

/**
 * What an attacker takes for certain beyond the table itself.
 *
 * @param leastBehindMark 0 when a mark may stand for nobody; 1 for an attacker who is sure that somebody is behind every mark
 */
public record Knowledge(int leastBehindMark) {
    /** What is public where zeros are hidden. */
    public static final Knowledge MARK_MAY_BE_ZERO = new Knowledge(0);

    /** More than is public: nobody is behind no mark. */
    public static final Knowledge SOMEBODY_BEHIND_EVERY_MARK = new Knowledge(1);

    public Knowledge {
        if (leastBehindMark < 0 || leastBehindMark > 1) {
            throw new IllegalArgumentException("A mark stands for 0 or more, or for 1 or more");
        }
    }
}
