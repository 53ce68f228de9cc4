package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement. One thread uses it; the connection outlives it. */
final class Statement implements AutoCloseable {
    private final String place;
    private long pointer;

    private Statement(String place, long pointer) {
        this.place = place;
        this.pointer = pointer;
    }

    /** Prepares one statement. */
    static Statement prepare(long connection, String sql, String place) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = Memory.pointer(arena);
            int state = Native.PREPARE.call(connection, Memory.text(arena, sql), out.address());
            Statement statement = new Statement(place, out.get(JAVA_LONG, 0));
            if (state != Native.SUCCESS) {
                try (statement) {
                    String words = Memory.text(Native.PREPARE_ERROR.call(statement.pointer))
                            .orElse("the statement cannot be prepared");
                    throw DuckDbProblems.exception(words, place);
                }
            }
            return statement;
        }
    }

    /** The columns of the result, as far as they are known without parameters. */
    List<ResultColumn> columns() {
        return ResultColumn.ofStatement(pointer);
    }

    /** Sets the parameters: texts, whole numbers, {@link Double}s, {@link Boolean}s and nulls. */
    Statement bind(@Nullable Object... parameters) {
        long wanted = Native.NPARAMS.call(pointer);
        if (wanted != parameters.length) {
            throw new IllegalArgumentException("the statement has " + wanted + " parameters, not " + parameters.length);
        }
        for (int i = 0; i < parameters.length; i++) {
            if (bind(i + 1, parameters[i]) != Native.SUCCESS) {
                String words = Memory.text(Native.PREPARE_ERROR.call(pointer)).orElse("a parameter cannot be set");
                throw DuckDbProblems.exception(words, place);
            }
        }
        return this;
    }

    private int bind(long index, @Nullable Object value) {
        return switch (value) {
            case null -> Native.BIND_NULL.call(pointer, index);
            case String text -> bindText(index, text);
            case Boolean truth -> Native.BIND_BOOLEAN.call(pointer, index, truth);
            case Double real -> Native.BIND_DOUBLE.call(pointer, index, real);
            case Long number -> Native.BIND_INT64.call(pointer, index, number);
            case Integer number -> Native.BIND_INT64.call(pointer, index, number);
            case Object other -> throw new IllegalArgumentException("no parameter can be a " + other.getClass());
        };
    }

    private int bindText(long index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            // By length and not by NUL: a text may contain one.
            MemorySegment copy = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
            return Native.BIND_VARCHAR_LENGTH.call(pointer, index, copy.address(), bytes.length);
        }
    }

    /** Runs the statement to its end and returns how many rows it changed. */
    long execute() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(NativeCall.RESULT);
            try {
                if (Native.EXECUTE_PREPARED.call(pointer, result.address()) != Native.SUCCESS) {
                    throw DuckDbProblems.exception(error(result), place);
                }
                return Native.ROWS_CHANGED.call(result.address());
            } finally {
                Native.DESTROY_RESULT.call(result.address());
            }
        }
    }

    /** Begins to run the statement; its result comes chunk by chunk and has to be destroyed by the caller. */
    void executeStreaming(MemorySegment result) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pending = Memory.pointer(arena);
            try {
                if (Native.PENDING_PREPARED_STREAMING.call(pointer, pending.address()) != Native.SUCCESS) {
                    String words = Memory.text(Native.PENDING_ERROR.call(pending.get(JAVA_LONG, 0)))
                            .orElse("the statement cannot be run");
                    throw DuckDbProblems.exception(words, place);
                }
                if (Native.EXECUTE_PENDING.call(pending.get(JAVA_LONG, 0), result.address()) != Native.SUCCESS) {
                    throw DuckDbProblems.exception(error(result), place);
                }
            } finally {
                Native.DESTROY_PENDING.call(pending.address());
            }
        }
    }

    /** The columns of the result of a statement whose columns depend on its parameters, which are set. */
    List<ResultColumn> columnsWhenRun() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(NativeCall.RESULT);
            try {
                executeStreaming(result);
                return ResultColumn.ofResult(result);
            } finally {
                Native.DESTROY_RESULT.call(result.address());
            }
        }
    }

    private static String error(MemorySegment result) {
        return Memory.text(Native.RESULT_ERROR.call(result.address())).orElse("the statement failed");
    }

    @Override
    public void close() {
        Memory.destroy(Native.DESTROY_PREPARE, pointer);
        pointer = 0;
    }
}
