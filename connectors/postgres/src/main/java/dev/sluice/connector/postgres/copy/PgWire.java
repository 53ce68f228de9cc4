package dev.sluice.connector.postgres.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of PostgreSQL's protocol 3 that a COPY needs, on a connection that the driver has set up.
 *
 * <p>The driver makes one byte array a row and copies it twice; this reads and writes the socket's buffers in place. The
 * driver must not use the connection between {@link #begin} and the return to ready.
 */
public final class PgWire {
    static final int BUFFER_BYTES = 256 << 10;

    static final byte COPY_DATA = 'd';
    static final byte COPY_DONE = 'c';
    static final byte COPY_FAIL = 'f';
    static final byte COMMAND_COMPLETE = 'C';
    static final byte READY_FOR_QUERY = 'Z';
    static final byte ERROR_RESPONSE = 'E';
    static final byte COPY_IN_RESPONSE = 'G';
    static final byte COPY_OUT_RESPONSE = 'H';

    private final WireInput in;
    private final InputStream socketIn;
    private final OutputStream out;

    /**
     * Takes the streams of a connection's socket.
     *
     * @param socketIn what the server sends, with nothing buffered by others
     * @param out what goes to the server; not buffered
     */
    public PgWire(InputStream socketIn, OutputStream out) {
        this.socketIn = socketIn;
        this.in = new WireInput(socketIn, BUFFER_BYTES);
        this.out = out;
    }

    WireInput in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** True if the server has sent something that nobody has read, such as an error in the middle of a COPY. */
    boolean hasInput() throws IOException {
        return socketIn.available() > 0;
    }

    /** Sends a COPY statement and waits until the server is ready for its data. */
    void begin(String copyStatement, byte expected) throws IOException {
        byte[] text = copyStatement.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[text.length + 6];
        message[0] = 'Q';
        BigEndian.putInt32(message, 1, text.length + 5);
        System.arraycopy(text, 0, message, 5, text.length);
        out.write(message);
        out.flush();
        byte type = nextType();
        if (type == ERROR_RESPONSE) {
            throw failure();
        }
        if (type != expected) {
            throw new IOException("the server answered COPY with a message of type " + (char) type);
        }
        in.skipFully(bodyLength());
    }

    /** The type of the next message that matters; notices and changed parameters are passed over. */
    byte nextType() throws IOException {
        while (true) {
            byte type = (byte) in.readByte();
            switch (type) {
                case 'N', 'S', 'A' -> in.skipFully(bodyLength());
                default -> {
                    return type;
                }
            }
        }
    }

    /** The length of the body that follows. */
    int bodyLength() throws IOException {
        return in.readInt() - 4;
    }

    /** Reads from the end of the data to the point where the driver may use the connection again; returns the rows. */
    long complete() throws IOException {
        long rows = -1;
        while (true) {
            byte type = nextType();
            switch (type) {
                case COMMAND_COMPLETE -> rows = rowsOf(text(bodyLength()));
                case ERROR_RESPONSE -> throw failure();
                case READY_FOR_QUERY -> {
                    in.skipFully(bodyLength());
                    return rows;
                }
                default -> in.skipFully(bodyLength());
            }
        }
    }

    /** Reads an error whose type byte was read, and everything up to where the server is ready again. */
    ServerError failure() throws IOException {
        ServerError error = errorBody();
        while (nextType() != READY_FOR_QUERY) {
            in.skipFully(bodyLength());
        }
        in.skipFully(bodyLength());
        return error;
    }

    private ServerError errorBody() throws IOException {
        String body = text(bodyLength());
        Map<Character, String> fields = new HashMap<>();
        for (String field : body.split("\0", -1)) {
            if (!field.isEmpty()) {
                fields.put(field.charAt(0), field.substring(1));
            }
        }
        return new ServerError(
                fields.getOrDefault('C', "XX000"),
                fields.getOrDefault('M', "the server reported an error without words"),
                fields.get('D'),
                fields.get('W'));
    }

    private String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The count at the end of a command tag such as {@code COPY 5000}. */
    private static long rowsOf(String tag) {
        String[] words = tag.replace("\0", "").split(" ", -1);
        return Long.parseLong(words[words.length - 1]);
    }

    /** An error that the server sent during a COPY. */
    public static final class ServerError extends IOException {
        private static final long serialVersionUID = 1L;

        private final String sqlState;
        private final @Nullable String detail;
        private final @Nullable String where;

        ServerError(String sqlState, String message, @Nullable String detail, @Nullable String where) {
            super(message);
            this.sqlState = sqlState;
            this.detail = detail;
            this.where = where;
        }

        /** The SQLSTATE of five characters. */
        public String sqlState() {
            return sqlState;
        }

        /** More words of the server; null if there are none. */
        public @Nullable String detail() {
            return detail;
        }

        /** Where the server was when it failed, such as a line of the COPY; null if it does not say. */
        public @Nullable String where() {
            return where;
        }
    }
}
