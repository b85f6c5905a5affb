package org.vauban.attack.canary;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Numbers as bytes. */
final class Numbers {
    private Numbers() {}

    static byte[] little(long number, int width) {
        byte[] bytes = new byte[width];
        for (int at = 0; at < width; at++) {
            bytes[at] = (byte) (number >>> Byte.SIZE * at);
        }
        return bytes;
    }

    static byte[] big(long number, int width) {
        return backwards(little(number, width));
    }

    static byte[] backwards(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            turned[at] = bytes[bytes.length - 1 - at];
        }
        return turned;
    }

    /** Each word of four bytes with its other end first. */
    static byte[] wordsTurned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            turned[at] = bytes[at ^ 3];
        }
        return turned;
    }

    /** Seven bits a byte, as Protocol Buffers write it. */
    static byte[] varint(long number) {
        var bytes = new ByteArrayOutputStream();
        long left = number;
        while (left > 0x7f) {
            bytes.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
        return bytes.toByteArray();
    }

    static byte[] digits(String digits) {
        byte[] bytes = new byte[digits.length()];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (digits.charAt(at) - '0');
        }
        return bytes;
    }

    /** Two hexadecimal digits a byte. */
    static byte[] packed(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
