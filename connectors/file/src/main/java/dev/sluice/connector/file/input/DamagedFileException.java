package dev.sluice.connector.file.input;

import java.io.IOException;

/** A file whose bytes cannot be what its writer meant. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one; the message says what is wrong in a sentence without a full stop. */
    public DamagedFileException(String message) {
        super(message);
    }

    /** Makes one because of what a library found. */
    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
