package dev.sluice.server.api;

/** A content that is no text. Nobody changes it. */
final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    byte[] content() {
        return content;
    }
}
