package dev.sluice.lowcode.auth;

import java.io.ByteArrayOutputStream;

/** Puts an RSA key of PKCS #1 into the envelope of PKCS #8, which Java reads. */
final class Pkcs1 {
    /** The version 0, and the identifier of RSA encryption. */
    private static final byte[] HEAD = {
        2, 1, 0, 48, 13, 6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 1, 1, 5, 0
    };

    private Pkcs1() {}

    static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(HEAD);
        tagged(4, key, inner);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        tagged(48, inner.toByteArray(), outer);
        return outer.toByteArray();
    }

    private static void tagged(int tag, byte[] content, ByteArrayOutputStream out) {
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            int size = content.length < 256 ? 1 : content.length < 65_536 ? 2 : 3;
            out.write(0x80 | size);
            for (int i = size - 1; i >= 0; i--) {
                out.write(content.length >> (8 * i));
            }
        }
        out.writeBytes(content);
    }
}
