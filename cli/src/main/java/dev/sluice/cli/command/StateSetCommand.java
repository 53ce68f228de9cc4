package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.source.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets where the next read of a stream begins. */
@Command(
        name = "set",
        header = "Set the position after which the next run reads a stream.",
        customSynopsis = "sluice state set [FILE] [CONNECTION] --stream NAME --position JSON [OPTIONS]",
        description = {
            "  sluice state show shop.yaml --stream public.orders            see how a position looks",
            "  sluice state set shop.yaml --stream public.orders --position '{\"id\": 5}'"
        })
final class StateSetCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Option(names = "--stream", paramLabel = "NAME", required = true, description = "The stream.")
    private String stream = "";

    @Option(names = "--position", paramLabel = "JSON", required = true, description = "The position, as JSON.")
    private String position = "";

    @Option(names = "--identity", paramLabel = "TEXT", description = "What it belongs to; default: as it is now.")
    private @Nullable String identity;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    StateSetCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        requireJson();
        Choice.Remembered remembered = choice.rememberedOne(session);
        StateEdit edit = new StateEdit(session, remembered);
        return edit.locked(store -> {
            StreamState state = StateEdit.named(store.streams(), stream);
            Position set = new Position(identity(state), position.strip());
            String question = "Read " + state.stream() + " after " + set.value()
                    + " from the next run on? Rows before it are not read, rows after it are read again.";
            if (!Confirmation.given(session, question, yes)) {
                return Confirmation.refused();
            }
            store.save(state.edited(set));
            String done = "the next run reads " + state.stream() + " after " + set.value();
            return Report.of(
                    done,
                    List.of(Line.of(done)),
                    Map.of("stream", state.stream().toString()));
        });
    }

    private void requireJson() {
        try {
            Json.read(position);
        } catch (IllegalArgumentException notJson) {
            throw usage(
                    "the position is not JSON: " + notJson.getMessage(), "see how one looks with `sluice state show`");
        }
    }

    /** I4: a position means something only together with what it belongs to. */
    private String identity(StreamState state) {
        if (identity != null) {
            return identity;
        }
        Position current = state.position();
        if (current == null && state.unfinished() != null) {
            current = state.unfinished().plan().end();
        }
        if (current == null) {
            throw usage(
                    "the stream has no position yet, so nobody knows what the new one belongs to",
                    "run it once, or say what it belongs to with --identity");
        }
        return current.identity();
    }
}
