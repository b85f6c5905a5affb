package org.vauban.ledger.entry;

/** Where an act stands when its entry is written. */
public sealed interface Phase {

    /** Entered before any data is touched. An act that stays begun is reported by the verifier. */
    record Begun() implements Phase {}

    /**
     * Entered when a begun act has ended, well or badly. An act is concluded once.
     *
     * @param begun index of the entry that began it
     * @param result a code
     */
    record Concluded(long begun, String result) implements Phase {
        public Concluded {
            if (begun < 0) {
                throw new IllegalArgumentException("No entry has the index " + begun + ".");
            }
            Words.requireCode("result", result);
        }
    }

    /**
     * Something that is complete in one entry: a refusal, a login, a decision.
     *
     * @param result a code
     */
    record Entered(String result) implements Phase {
        public Entered {
            Words.requireCode("result", result);
        }
    }
}
