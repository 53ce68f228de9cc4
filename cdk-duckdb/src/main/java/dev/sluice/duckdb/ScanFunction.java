package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The table function through which DuckDB asks for the rows of batches.
 *
 * <p>One function serves all scans: its parameter is the number of the scan. DuckDB calls it from threads of its own, one
 * cursor each. Nothing may be thrown back into native code, so each callback hands its failure to the scan and to DuckDB.
 */
final class ScanFunction {
    static final String NAME = "sluice_batches";

    private static final ConcurrentMap<Long, BatchScan> SCANS = new ConcurrentHashMap<>();
    private static final AtomicLong LAST_ID = new AtomicLong();

    private static final FunctionDescriptor ONE = FunctionDescriptor.ofVoid(JAVA_LONG);
    private static final FunctionDescriptor TWO = FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG);

    // The stubs live as long as the process, for DuckDB keeps their addresses.
    private static final long BIND = stub("bind", ONE);
    private static final long INIT = stub("init", ONE);
    private static final long LOCAL_INIT = stub("localInit", ONE);
    private static final long FUNCTION = stub("function", TWO);

    private ScanFunction() {}

    private static long stub(String method, FunctionDescriptor shape) {
        Class<?>[] words = new Class<?>[shape.argumentLayouts().size()];
        Arrays.fill(words, long.class);
        try {
            MethodHandle target = MethodHandles.lookup()
                    .findStatic(ScanFunction.class, method, MethodType.methodType(void.class, words));
            return Linker.nativeLinker()
                    .upcallStub(target, shape, Arena.global())
                    .address();
        } catch (NoSuchMethodException | IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Enters a scan and returns its number. */
    static long enter(BatchScan scan) {
        long id = LAST_ID.incrementAndGet();
        SCANS.put(id, scan);
        return id;
    }

    static void leave(long id) {
        SCANS.remove(id);
    }

    /** The scans that are entered, for tests against leaks. */
    static int entered() {
        return SCANS.size();
    }

    /** Makes the function known in the database of a connection, which must not be in a transaction. */
    static void register(long connection) {
        long function = Native.CREATE_TABLE_FUNCTION.call();
        long parameter = Native.CREATE_LOGICAL_TYPE.call(TypeId.BIGINT.code());
        try (Arena arena = Arena.ofConfined()) {
            Native.TABLE_FUNCTION_SET_NAME.call(function, Memory.text(arena, NAME));
            Native.TABLE_FUNCTION_ADD_PARAMETER.call(function, parameter);
            Native.TABLE_FUNCTION_SET_BIND.call(function, BIND);
            Native.TABLE_FUNCTION_SET_INIT.call(function, INIT);
            Native.TABLE_FUNCTION_SET_LOCAL_INIT.call(function, LOCAL_INIT);
            Native.TABLE_FUNCTION_SET_FUNCTION.call(function, FUNCTION);
            if (Native.REGISTER_TABLE_FUNCTION.call(connection, function) != Native.SUCCESS) {
                throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "DuckDB refused the function that takes batches")
                        .exception();
            }
        } finally {
            Memory.destroy(Native.DESTROY_LOGICAL_TYPE, parameter);
            Memory.destroy(Native.DESTROY_TABLE_FUNCTION, function);
        }
    }

    private static BatchScan scan(long id) {
        BatchScan scan = SCANS.get(id);
        if (scan == null) {
            throw Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "there is no scan " + id)
                    .because(NAME + " is of use inside Sluice only")
                    .exception();
        }
        return scan;
    }

    @SuppressWarnings("unused") // called by DuckDB
    private static void bind(long info) {
        long id = 0;
        try {
            long parameter = Native.BIND_GET_PARAMETER.call(info, 0);
            id = Native.GET_INT64.call(parameter);
            Memory.destroy(Native.DESTROY_VALUE, parameter);
            scan(id).bind(info);
            // The number itself goes where DuckDB keeps a pointer for us.
            Native.BIND_SET_BIND_DATA.call(info, id, 0);
        } catch (Throwable failure) {
            tell(Native.BIND_SET_ERROR, info, id, failure);
        }
    }

    @SuppressWarnings("unused") // called by DuckDB
    private static void init(long info) {
        long id = Native.INIT_GET_BIND_DATA.call(info);
        try {
            Native.INIT_SET_MAX_THREADS.call(info, scan(id).maxThreads());
        } catch (Throwable failure) {
            tell(Native.INIT_SET_ERROR, info, id, failure);
        }
    }

    @SuppressWarnings("unused") // called by DuckDB
    private static void localInit(long info) {
        long id = Native.INIT_GET_BIND_DATA.call(info);
        try {
            Native.INIT_SET_INIT_DATA.call(info, scan(id).newCursor(), 0);
        } catch (Throwable failure) {
            tell(Native.INIT_SET_ERROR, info, id, failure);
        }
    }

    @SuppressWarnings("unused") // called by DuckDB
    private static void function(long info, long chunk) {
        long id = Native.FUNCTION_GET_BIND_DATA.call(info);
        try {
            scan(id).cursor(Native.FUNCTION_GET_LOCAL_INIT_DATA.call(info)).fill(chunk);
        } catch (Throwable failure) {
            tell(Native.FUNCTION_SET_ERROR, info, id, failure);
        }
    }

    private static void tell(NativeCall.Void2 setError, long info, long id, Throwable failure) {
        BatchScan scan = SCANS.get(id);
        if (scan != null) {
            scan.failed(failure);
        }
        String words =
                failure instanceof ProblemException known ? known.problem().message() : failure.toString();
        try (Arena arena = Arena.ofConfined()) {
            setError.call(info, Memory.text(arena, words));
        }
    }
}
