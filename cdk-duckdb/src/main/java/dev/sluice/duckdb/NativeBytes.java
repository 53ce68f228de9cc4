package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A native copy of the bytes of some columns, to which DuckDB's strings point. It is used for one chunk after the other;
 * the owner frees it when nobody points to it any more. Not for use by several threads at a time.
 */
final class NativeBytes {
    /** Room beyond this is given back when a later chunk needs much less. */
    private static final long KEPT_CAPACITY = 16L << 20;

    private static final long FIRST_CAPACITY = 64L << 10;

    private static final AtomicLong ALLOCATED = new AtomicLong();

    private MemorySegment memory = MemorySegment.NULL;
    private long used;

    /** The bytes of all copies that are not freed, for tests against leaks. */
    static long allocated() {
        return ALLOCATED.get();
    }

    /** Forgets the last copies and makes room for so many bytes. */
    void begin(long length) {
        long capacity = memory.byteSize();
        if (length > capacity || (capacity > KEPT_CAPACITY && length < capacity / 4)) {
            free();
            if (length > 0) {
                allocate(Math.max(FIRST_CAPACITY, length > KEPT_CAPACITY ? length : length + (length >> 2)));
            }
        }
        used = 0;
    }

    /**
     * Takes a copy of some bytes behind those that are there.
     *
     * @return the address of the first one
     */
    long add(byte[] source, int from, int length) {
        MemorySegment.copy(source, from, memory, JAVA_BYTE, used, length);
        long address = memory.address() + used;
        used += length;
        return address;
    }

    private void allocate(long bytes) {
        long address = Native.MALLOC.call(bytes);
        if (address == 0) {
            throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
        }
        memory = Memory.at(address, bytes);
        ALLOCATED.addAndGet(bytes);
    }

    /** Gives the memory back; the object can be used again. */
    void free() {
        MemorySegment last = memory;
        if (last.byteSize() > 0) {
            memory = MemorySegment.NULL;
            ALLOCATED.addAndGet(-last.byteSize());
            Native.FREE.call(last.address());
        }
    }
}
