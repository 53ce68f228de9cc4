package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Native functions by the shape of their signatures, named after what they return and how many words they take.
 *
 * <p>A pointer is passed as a {@code long}, which has the same place in every calling convention that DuckDB is built
 * for. The shapes are records because the compiler trusts the fields of records to be constant and inlines the call.
 */
final class NativeCall {
    /** {@code duckdb_result}: six words. Some functions take it by value. */
    static final MemoryLayout RESULT =
            MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private NativeCall() {}

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        MemorySegment address = NativeLibrary.symbols()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the DuckDB library has no function " + name));
        return Linker.nativeLinker().downcallHandle(address, shape);
    }

    /** A native function throws nothing, so whatever comes is an error of the virtual machine. */
    private static IllegalStateException failed(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a native call failed", thrown);
    }

    /** From one word to nothing. */
    record Void1(MethodHandle handle) {
        static Void1 of(String function) {
            return new Void1(NativeCall.handle(function, FunctionDescriptor.ofVoid(JAVA_LONG)));
        }

        void call(long a) {
            try {
                handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two words to nothing. */
    record Void2(MethodHandle handle) {
        static Void2 of(String function) {
            return new Void2(NativeCall.handle(function, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG)));
        }

        void call(long a, long b) {
            try {
                handle.invokeExact(a, b);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From three words to nothing. */
    record Void3(MethodHandle handle) {
        static Void3 of(String function) {
            return new Void3(NativeCall.handle(function, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG)));
        }

        void call(long a, long b, long c) {
            try {
                handle.invokeExact(a, b, c);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From nothing to a word. */
    record Long0(MethodHandle handle) {
        static Long0 of(String function) {
            return new Long0(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG)));
        }

        long call() {
            try {
                return (long) handle.invokeExact();
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From one word to a word. */
    record Long1(MethodHandle handle) {
        static Long1 of(String function) {
            return new Long1(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG)));
        }

        long call(long a) {
            try {
                return (long) handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two words to a word. */
    record Long2(MethodHandle handle) {
        static Long2 of(String function) {
            return new Long2(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG)));
        }

        long call(long a, long b) {
            try {
                return (long) handle.invokeExact(a, b);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From one word to an {@code int}, mostly a {@code duckdb_state}. */
    record Int1(MethodHandle handle) {
        static Int1 of(String function) {
            return new Int1(NativeCall.handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG)));
        }

        int call(long a) {
            try {
                return (int) handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two words to an {@code int}, mostly a {@code duckdb_state}. */
    record Int2(MethodHandle handle) {
        static Int2 of(String function) {
            return new Int2(NativeCall.handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG)));
        }

        int call(long a, long b) {
            try {
                return (int) handle.invokeExact(a, b);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From three words to an {@code int}, mostly a {@code duckdb_state}. */
    record Int3(MethodHandle handle) {
        static Int3 of(String function) {
            return new Int3(
                    NativeCall.handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG)));
        }

        int call(long a, long b, long c) {
            try {
                return (int) handle.invokeExact(a, b, c);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From four words to an {@code int}, mostly a {@code duckdb_state}. */
    record Int4(MethodHandle handle) {
        static Int4 of(String function) {
            return new Int4(NativeCall.handle(
                    function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG)));
        }

        int call(long a, long b, long c, long d) {
            try {
                return (int) handle.invokeExact(a, b, c, d);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From one word to a {@code uint8_t}. */
    record Byte1(MethodHandle handle) {
        static Byte1 of(String function) {
            return new Byte1(NativeCall.handle(function, FunctionDescriptor.of(JAVA_BYTE, JAVA_LONG)));
        }

        byte call(long a) {
            try {
                return (byte) handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From an {@code int} to a word. */
    record LongOfInt(MethodHandle handle) {
        static LongOfInt of(String function) {
            return new LongOfInt(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG, JAVA_INT)));
        }

        long call(int a) {
            try {
                return (long) handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two {@code uint8_t} to a word. */
    record LongOfBytes(MethodHandle handle) {
        static LongOfBytes of(String function) {
            return new LongOfBytes(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, JAVA_BYTE)));
        }

        long call(byte a, byte b) {
            try {
                return (long) handle.invokeExact(a, b);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two words and a {@code bool} to an {@code int}. */
    record IntOfBoolean(MethodHandle handle) {
        static IntOfBoolean of(String function) {
            return new IntOfBoolean(
                    NativeCall.handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_BOOLEAN)));
        }

        int call(long a, long b, boolean c) {
            try {
                return (int) handle.invokeExact(a, b, c);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From two words and a {@code double} to an {@code int}. */
    record IntOfDouble(MethodHandle handle) {
        static IntOfDouble of(String function) {
            return new IntOfDouble(
                    NativeCall.handle(function, FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_DOUBLE)));
        }

        int call(long a, long b, double c) {
            try {
                return (int) handle.invokeExact(a, b, c);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }

    /** From a {@code duckdb_result} by value to a word. */
    record LongOfResult(MethodHandle handle) {
        static LongOfResult of(String function) {
            return new LongOfResult(NativeCall.handle(function, FunctionDescriptor.of(JAVA_LONG, RESULT)));
        }

        long call(MemorySegment a) {
            try {
                return (long) handle.invokeExact(a);
            } catch (Throwable thrown) {
                throw failed(thrown);
            }
        }
    }
}
