package dev.sluice.connector.file.destination.place;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets two folders change names in one step, so that a reader who goes by name finds the one or the other and never
 * nothing. Linux and macOS have a call for it, which Java does not offer.
 */
final class FolderExchange {
    /** From {@code renameat2(2)}: paths are relative to the working directory, and the names are exchanged. */
    private static final int LINUX_WORKING_DIRECTORY = -100;

    private static final int LINUX_EXCHANGE = 2;

    /** From {@code renamex_np(2)}. */
    private static final int MACOS_SWAP = 2;

    /** Errors by which a file system says that it cannot do it: EINVAL, ENOSYS, and EOPNOTSUPP of both systems. */
    private static final int[] UNSUPPORTED = {22, 38, 95, 45, 78, 102};

    private static final int CROSS_DEVICE = 18;
    private static final int NO_SPACE = 28;

    private static final Optional<MethodHandle> CALL = find();

    private FolderExchange() {}

    private static boolean isLinux() {
        return os().contains("linux");
    }

    private static String os() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<MethodHandle> find() {
        AddressLayout path = ValueLayout.ADDRESS;
        ValueLayout number = ValueLayout.JAVA_INT;
        FunctionDescriptor shape = isLinux()
                ? FunctionDescriptor.of(ValueLayout.JAVA_INT, number, path, number, path, number)
                : FunctionDescriptor.of(ValueLayout.JAVA_INT, path, path, number);
        String name = isLinux() ? "renameat2" : os().contains("mac") ? "renamex_np" : "";
        Linker linker = Linker.nativeLinker();
        return name.isEmpty()
                ? Optional.empty()
                : linker.defaultLookup()
                        .find(name)
                        .map(address -> linker.downcallHandle(address, shape, Linker.Option.captureCallState("errno")));
    }

    /**
     * Exchanges the names of two folders that exist.
     *
     * @return false if this system or file system cannot do it
     */
    static boolean exchange(Path one, Path other) throws IOException {
        if (CALL.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemoryLayout stateLayout = Linker.Option.captureStateLayout();
            MemorySegment state = arena.allocate(stateLayout);
            int result =
                    call(CALL.get(), state, arena.allocateFrom(one.toString()), arena.allocateFrom(other.toString()));
            if (result == 0) {
                return true;
            }
            VarHandle errno = stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
            return refused((int) errno.get(state, 0L), other);
        }
    }

    private static int call(MethodHandle function, MemorySegment state, MemorySegment one, MemorySegment other) {
        try {
            return isLinux()
                    ? (int) function.invokeExact(
                            state, LINUX_WORKING_DIRECTORY, one, LINUX_WORKING_DIRECTORY, other, LINUX_EXCHANGE)
                    : (int) function.invokeExact(state, one, other, MACOS_SWAP);
        } catch (Error error) {
            throw error;
        } catch (Throwable thrown) {
            throw new IllegalStateException("a native call failed", thrown);
        }
    }

    private static boolean refused(int errno, Path folder) throws IOException {
        for (int unsupported : UNSUPPORTED) {
            if (errno == unsupported) {
                return false;
            }
        }
        throw new FileSystemException(
                folder.toString(),
                null,
                switch (errno) {
                    case CROSS_DEVICE -> "it lies on another file system than what has to take its place";
                    case NO_SPACE -> "No space left on device";
                    default -> "the operating system refused to exchange it (error " + errno + ")";
                });
    }
}
