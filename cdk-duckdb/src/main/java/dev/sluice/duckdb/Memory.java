package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Access to native memory that DuckDB owns, by address. Whoever calls knows that the memory is still there. */
final class Memory {
    /** All memory, for values that lie somewhere by their own pointer; the offset is the address. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    /** The memory from an address on, as far as it is known to reach. */
    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /** The text at an address up to its NUL, read as UTF-8; empty if there is no address. */
    static Optional<String> text(long address) {
        if (address == 0) {
            return Optional.empty();
        }
        long end = address;
        while (ALL.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        byte[] bytes = at(address, end - address).toArray(JAVA_BYTE);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The text at an address that the caller has to free, which is done here. */
    static Optional<String> takeText(long address) {
        try {
            return text(address);
        } finally {
            if (address != 0) {
                Native.FREE.call(address);
            }
        }
    }

    /** The address of a copy of a text with a NUL at its end, for as long as the arena lives. */
    static long text(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_8).address();
    }

    /** A place for a pointer that a function returns, for as long as the arena lives. */
    static MemorySegment pointer(Arena arena) {
        return arena.allocate(JAVA_LONG);
    }

    /** Lets a function destroy what a pointer points to; these functions take the place of the pointer. */
    static void destroy(NativeCall.Void1 destroy, long pointer) {
        if (pointer == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            destroy.call(arena.allocateFrom(JAVA_LONG, pointer).address());
        }
    }
}
