package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A native database, shared by all who have its file open in this process. */
final class Instance {
    private static final ReentrantLock REGISTRY = new ReentrantLock();
    private static final Map<Path, Instance> BY_FILE = new HashMap<>();

    private final @Nullable Path file;
    private final ReentrantLock opening = new ReentrantLock();

    private final ConcurrentMap<String, DuckDbConnection> locks = new ConcurrentHashMap<>();

    private int users;
    private long pointer;
    private boolean readOnly;
    private @Nullable DatabaseStamp stamp;

    private Instance(@Nullable Path file) {
        this.file = file;
    }

    /** The instance of a file or a new one, with one more user. */
    static Instance acquire(DuckDbOptions options) {
        NativeLibrary.symbols();
        Path path = options.path();
        Path file = path == null ? null : canonical(path);
        Instance instance = enter(file);
        boolean opened = false;
        instance.opening.lock();
        try {
            instance.open(options);
            opened = true;
        } finally {
            instance.opening.unlock();
            if (!opened) {
                instance.release();
            }
        }
        return instance;
    }

    private static Instance enter(@Nullable Path file) {
        if (file == null) {
            Instance alone = new Instance(null);
            alone.users = 1;
            return alone;
        }
        REGISTRY.lock();
        try {
            Instance instance = BY_FILE.computeIfAbsent(file, Instance::new);
            instance.users++;
            return instance;
        } finally {
            REGISTRY.unlock();
        }
    }

    /** One name for a file, whichever way leads to it. */
    private static Path canonical(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute)) {
                return absolute.toRealPath();
            }
            Path folder = absolute.getParent();
            Path name = absolute.getFileName();
            if (folder != null && name != null && Files.isDirectory(folder)) {
                return folder.toRealPath().resolve(name);
            }
        } catch (IOException unreachable) {
            throw cannotRead(absolute, unreachable);
        }
        throw Problem.of("E_DUCKDB_NOT_FOUND", ProblemKind.CONFIG, "the folder of the database does not exist")
                .at(absolute.toString())
                .fix("make the folder " + absolute.getParent() + ", or correct the path")
                .exception();
    }

    private static ProblemException cannotRead(Path path, IOException failure) {
        String words = failure instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : failure.toString();
        ProblemKind kind = failure instanceof AccessDeniedException ? ProblemKind.PERMISSION : ProblemKind.RESOURCE;
        String code = failure instanceof AccessDeniedException ? "E_DUCKDB_PERMISSION" : "E_DUCKDB_UNREADABLE";
        return Problem.of(code, kind, "the file cannot be read")
                .at(path.toString())
                .because(words)
                .exception(failure);
    }

    private void open(DuckDbOptions options) {
        if (pointer != 0) {
            if (readOnly && !options.readOnly()) {
                throw Problem.of("E_DUCKDB_READING", ProblemKind.CONFLICT, "the database is being read by another sync")
                        .at(place())
                        .because("while this process reads the file, nobody can write it")
                        .fix("run it again when the other sync is done")
                        .exception();
            }
            return;
        }
        if (file != null) {
            stamp = readStamp(file, options.readOnly());
        }
        readOnly = options.readOnly();
        pointer = openNative(options);
        prepare();
    }

    private static @Nullable DatabaseStamp readStamp(Path file, boolean mustExist) {
        if (Files.isDirectory(file)) {
            throw Problem.of("E_DUCKDB_NOT_A_DATABASE", ProblemKind.CONFIG, "the path is that of a folder")
                    .at(file.toString())
                    .fix("give the path of a DuckDB file")
                    .exception();
        }
        if (mustExist && !Files.exists(file)) {
            throw Problem.of("E_DUCKDB_NOT_FOUND", ProblemKind.CONFIG, "the database does not exist")
                    .at(file.toString())
                    .fix("check the path")
                    .exception();
        }
        try {
            return DatabaseStamp.read(file).orElse(null);
        } catch (IOException failure) {
            throw cannotRead(file, failure);
        }
    }

    private long openNative(DuckDbOptions options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = Memory.pointer(arena);
            Native.CREATE_CONFIG.call(config.address());
            try {
                for (Map.Entry<String, String> setting : settings(options).entrySet()) {
                    configure(arena, config.get(JAVA_LONG, 0), setting.getKey(), setting.getValue());
                }
                MemorySegment database = Memory.pointer(arena);
                MemorySegment error = Memory.pointer(arena);
                long path = file == null ? 0 : Memory.text(arena, file.toString());
                int state = Native.OPEN_EXT.call(path, database.address(), config.get(JAVA_LONG, 0), error.address());
                if (state != Native.SUCCESS) {
                    String words = Memory.takeText(error.get(JAVA_LONG, 0)).orElse("it does not say why");
                    throw DuckDbProblems.exception(words, place());
                }
                return database.get(JAVA_LONG, 0);
            } finally {
                Native.DESTROY_CONFIG.call(config.address());
            }
        }
    }

    private static Map<String, String> settings(DuckDbOptions options) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("access_mode", options.readOnly() ? "READ_ONLY" : "READ_WRITE");
        // Nothing is fetched from the network that nobody asked for.
        settings.put("autoinstall_known_extensions", "false");
        if (options.memoryLimit() != null) {
            settings.put("memory_limit", options.memoryLimit());
        }
        if (options.threads() > 0) {
            settings.put("threads", Integer.toString(options.threads()));
        }
        Path temporary = options.temporaryFolder();
        if (temporary == null && options.path() == null) {
            // DuckDB's own default is a folder in the working directory.
            temporary = Path.of(System.getProperty("java.io.tmpdir"), "sluice-duckdb");
        }
        if (temporary != null) {
            settings.put("temp_directory", temporary.toString());
        }
        settings.putAll(options.settings());
        return settings;
    }

    private void configure(Arena arena, long config, String name, String value) {
        int state = Native.SET_CONFIG.call(config, Memory.text(arena, name), Memory.text(arena, value));
        if (state != Native.SUCCESS) {
            throw DuckDb.setting(name, value).at(place()).exception();
        }
    }

    /** What all connections share: the function that takes batches in, and UTC for what depends on a time zone. */
    private void prepare() {
        long connection = connect();
        try (Arena arena = Arena.ofConfined()) {
            ScanFunction.register(connection);
            MemorySegment result = arena.allocate(NativeCall.RESULT);
            Native.QUERY.call(connection, Memory.text(arena, "SET GLOBAL TimeZone = 'UTC'"), result.address());
            Native.DESTROY_RESULT.call(result.address());
        } finally {
            Memory.destroy(Native.DISCONNECT, connection);
        }
    }

    long connect() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment connection = Memory.pointer(arena);
            if (Native.CONNECT.call(pointer, connection.address()) != Native.SUCCESS) {
                throw DuckDbProblems.exception("no connection to the database could be made", place());
            }
            return connection.get(JAVA_LONG, 0);
        }
    }

    boolean isReadOnly() {
        return readOnly;
    }

    Optional<DatabaseStamp> stamp() {
        return Optional.ofNullable(stamp);
    }

    String place() {
        return file == null ? ":memory:" : file.toString();
    }

    /** Gives a lock to a connection unless another one has it. */
    boolean tryLock(String name, DuckDbConnection connection) {
        DuckDbConnection holder = locks.putIfAbsent(name, connection);
        return holder == null || holder == connection;
    }

    void unlock(String name, DuckDbConnection connection) {
        locks.remove(name, connection);
    }

    void unlockAll(DuckDbConnection connection) {
        locks.values().removeIf(holder -> holder == connection);
    }

    /** Ends one use; the last one closes the database, which brings its log into the file. */
    void release() {
        opening.lock();
        try {
            boolean last;
            REGISTRY.lock();
            try {
                users--;
                last = users == 0;
            } finally {
                REGISTRY.unlock();
            }
            if (last && pointer != 0) {
                Memory.destroy(Native.CLOSE, pointer);
                pointer = 0;
                stamp = null;
            }
        } finally {
            opening.unlock();
        }
        leave();
    }

    /** Takes an unused instance off the list, unless somebody came back to it meanwhile. */
    private void leave() {
        REGISTRY.lock();
        try {
            if (users == 0 && file != null) {
                BY_FILE.remove(file, this);
            }
        } finally {
            REGISTRY.unlock();
        }
    }
}
