package dev.sluice.connector.postgres.log;

import java.nio.ByteBuffer;

/** The messages of pgoutput that tell of rows, and the beginnings of those that are kept. */
final class LogMessage {
    static final byte BEGIN = 'B';
    static final byte RELATION = 'R';
    static final byte INSERT = 'I';
    static final byte UPDATE = 'U';
    static final byte DELETE = 'D';
    static final byte TRUNCATE = 'T';

    /** A tuple of the columns that tell rows apart; the others are null. */
    static final byte KEY_TUPLE = 'K';

    /** A tuple of all columns as they were before. */
    static final byte OLD_TUPLE = 'O';

    /** A tuple of all columns as they are now. */
    static final byte NEW_TUPLE = 'N';

    private LogMessage() {}

    /** The place of the commit of the transaction that a message begins. */
    static long committedAt(byte[] begin) {
        return ByteBuffer.wrap(begin).getLong(1);
    }

    /** The first bytes of a message about a table. */
    static byte[] head(byte type, int table) {
        return ByteBuffer.allocate(5).put(type).putInt(table).array();
    }
}
