package dev.sluice.connector.sqlite;

import dev.sluice.airbyte.destination.AirbyteDestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A database file that is written by a program which speaks the Airbyte protocol, and serves our own connector. */
final class ServedPlace implements DestinationFixture {
    private static final String NO_QUESTION = "the protocol has no way to ask a destination what it has";

    private final Path folder;
    private final SqlitePlace own;
    private final ServedProgram program;

    ServedPlace(Path folder) {
        this.folder = folder;
        this.own = new SqlitePlace(folder);
        this.program = new ServedProgram(folder, new SqliteDestination());
    }

    private Destination open(ConnectorContext context, String path) {
        Config config = Config.of(Map.of(
                "command",
                program.command(),
                "generations",
                true,
                "parallel_streams",
                8,
                "config",
                Map.of("path", path)));
        return new AirbyteDestinationConnector().open(config, context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, folder.resolve("place.db").toString());
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        return List.of(
                broken("no such folder", folder.resolve("missing/shop.db").toString()),
                broken("no database", folder.resolve("notes.txt").toString()));
    }

    private Misconfigured<Destination> broken(String name, String path) {
        return new Misconfigured<>(name, ProblemKind.CONFIG, Set.of(), context -> open(context, path));
    }

    /** Who sends knows the name of the stream; the program puts those without a group into its main schema. */
    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        String place = plan.location().contains(".") ? plan.location() : "main." + plan.location();
        return own.read(new TargetPlan(place, plan.action(), plan.columns(), plan.guarantee(), plan.notes()));
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        Map<DestinationTrait, String> lacks = new EnumMap<>(own.lacks());
        lacks.put(
                DestinationTrait.OVERWRITE_DEDUP,
                "merged as with APPEND_DEDUP, in a generation of its own as with OVERWRITE; each case would start"
                        + " programs");
        lacks.put(DestinationTrait.LEDGER, NO_QUESTION);
        lacks.put(DestinationTrait.ATOMIC_COMMIT, NO_QUESTION);
        lacks.put(DestinationTrait.VERIFIED_PUBLISH, NO_QUESTION);
        lacks.put(DestinationTrait.DISCARD, "the protocol has no way to make a destination forget rows");
        lacks.put(DestinationTrait.OWNERSHIP, "the protocol does not say who sends");
        lacks.put(
                DestinationTrait.OPERATIONS,
                "a message of the protocol says of a deleted row only in a field that it was deleted");
        lacks.put(DestinationTrait.METADATA, "a message tells when its row was extracted to the millisecond only");
        lacks.put(DestinationTrait.PARALLEL_WRITERS, "the messages of a stream have one order");
        return lacks;
    }

    @Override
    public boolean holds(DataType type, String text) {
        return own.holds(type, text);
    }

    @Override
    public void close() {
        program.close();
        own.close();
    }
}
