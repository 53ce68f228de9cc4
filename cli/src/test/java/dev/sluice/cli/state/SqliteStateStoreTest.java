package dev.sluice.cli.state;

import dev.sluice.engine.state.StateStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.testkit.state.StateStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the engine remembers, kept in a state file. */
class SqliteStateStoreTest extends StateStoreContract {
    private final List<StateFile> opened = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        opened.forEach(StateFile::close);
        opened.clear();
    }

    @Override
    protected StateStore store() {
        close();
        return open("shop");
    }

    @Override
    protected StateStore ofAnother() {
        return open("another");
    }

    private SqliteStateStore open(String connection) {
        StateFile file = StateFile.open(directory.resolve("state.db"), Clock.systemUTC());
        opened.add(file);
        return file.connection(connection);
    }

    @Override
    protected List<Long> rejected(StreamId stream) {
        RejectFilter all = new RejectFilter(stream.toString(), null, null, List.of(), true);
        return open("shop").rejects(all, 99).stream()
                .map(KeptReject::id)
                .sorted()
                .toList();
    }
}
