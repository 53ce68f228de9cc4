package dev.sluice.lowcode.value;

/** An operation that the values do not allow. Messages hold types and names, never values. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What Python would raise. */
    public enum Kind {
        /** A {@code TypeError}: the operation does not exist between such values. */
        TYPE,
        /** An {@code UndefinedError}: something that is not there was used. */
        UNDEFINED,
        /** Any other, such as a {@code ValueError}. */
        VALUE,
        /** The limits of time, size or depth. */
        LIMIT
    }

    private final Kind kind;

    private Fault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** An operation that does not exist between such values. */
    public static Fault type(String message) {
        return new Fault(Kind.TYPE, message);
    }

    /** The use of something that is not there. */
    public static Fault undefined(String what) {
        return new Fault(Kind.UNDEFINED, what + " is undefined");
    }

    /** A value that an operation cannot take. */
    public static Fault value(String message) {
        return new Fault(Kind.VALUE, message);
    }

    /** A limit that was reached. */
    public static Fault limit(String message) {
        return new Fault(Kind.LIMIT, message);
    }

    /** What Python would raise. */
    public Kind kind() {
        return kind;
    }

    /** The message, which is never null here. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
