package org.vauban.custodian;

/**
 * The test vectors printed in docs/formats/custodian.md, made by an independent program from the text of that document
 * alone. The ledger key is the first test key of RFC 8032, section 7.1.
 */
final class FormatVectors {

    static final String KEY_FILE =
            "56424b4559533031000927c0404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f"
                    + "7d0cdfdfcf5aba7a017c0d180e5eed64000102030405060708090a0be4297f79b392cca02905644b0094c20b"
                    + "7f1840e739ba519afe879f5dc28352c79bb733859beea5afad3ee5bc4f31b67dec632dccdedf07bc1fb9f304"
                    + "32ef14ac41b8919443a3fb59b5f38269ac707af0ebebfaa6eb89170f53ecd8aca608962547c0696fecc38a6e"
                    + "8e1e3b3d95c5229ce4f02dbd3ba83644dfedaa6f85b278e60ac7b1a3e3056f9c9bcafdab642b9879539dec91"
                    + "aa91e1c8c703aab9de5f37479e2b8d23e8332e30e101e9e91d95646622edcf39368d95f97ce35d87c4c4e9da"
                    + "e802d75645e5a2089317f4d530235f1e25df18ab2ef7b7c532d4a175cd87816ff62979c40748ecbed6635e6d"
                    + "18dd8859e697ef6ffbe084646bafcaa3efa8660bed75e1d53c199332f595be31e248";

    static final String HUB_ID = "0123456789abcdef0123456789abcdef";

    static final String PASSPHRASE = "correct horse battery staple";

    static final String ASSOCIATED_DATA = "68756220312c20706572736f6e2c206275636b657420372c206f626a656374203432";

    static final String DATA_KEY = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

    static final String WRAPPED_KEY =
            "00000001101112131415161718191a1bfd7f1a95cd4cbc3442fc829683f4e7dc47c1dc9d8f57c1267f6078fc"
                    + "c2c9ca4425c84467ac0c2e8548efffd74768b076";

    static final String PUBLIC_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    static final String SIGNATURE_OF_NOTHING =
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
                    + "1cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private FormatVectors() {}
}
