package dev.sluice.cli.command;

import dev.sluice.cli.output.Report;
import dev.sluice.cli.project.ConnectionEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.engine.run.Preview;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the first rows of streams. */
@Command(
        name = "preview",
        header = "Show the first rows of a source, typed as a run would move them.",
        customSynopsis = "sluice preview [FILE|URI] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice preview orders.csv",
            "  sluice preview shop.yaml --stream public.orders --rows 20",
            "  sluice preview duckdb:///shop.db -o json"
        })
final class PreviewCommand extends CliCommand {
    private static final int MOST_STREAMS = 8;
    private static final int MANY_ROWS = 20;
    private static final int FEW_ROWS = 5;
    private static final int MOST_ROWS = 10_000;

    @Mixin
    private FileOrUri place = new FileOrUri();

    @Parameters(index = "1", arity = "0..1", paramLabel = "CONNECTION", description = "One connection of the file.")
    private @Nullable String connection;

    @Option(names = "--stream", paramLabel = "NAME", split = ",", description = "Only these streams.")
    private List<String> streams = List.of();

    @Option(names = "--rows", paramLabel = "N", description = "How many rows; default: 20, or 5 of several streams.")
    private @Nullable Integer rows;

    PreviewCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        if (rows != null && (rows < 1 || rows > MOST_ROWS)) {
            throw usage("--rows takes a number from 1 to " + MOST_ROWS, "leave it out for a few rows");
        }
        String uri = place.uri();
        if (uri != null) {
            return show(session, session.sourceAt(uri), null, List.of(StreamSettings.of("*")));
        }
        Project project = place.project(session);
        ConnectionEntry entry = project.chosen(connection);
        List<StreamSettings> settings = session.streams(project, entry);
        Side<DestinationConnector> to =
                PlannedReads.needsDestination(settings) ? session.destination(project, entry.destination()) : null;
        return show(session, session.source(project, entry.source()), to, settings);
    }

    /**
     * The rows.
     *
     * @param to the destination, where it knows what rows become; null where it need not be asked
     */
    private Report show(
            Session session,
            Side<SourceConnector> side,
            @Nullable Side<DestinationConnector> to,
            List<StreamSettings> settings) {
        StopSignal stop = new StopSignal();
        try (Source source = session.open(side, stop);
                Destination destination = to == null ? null : session.openDestination(to, stop)) {
            return show(session, source, destination, settings);
        }
    }

    private Report show(
            Session session, Source source, @Nullable Destination destination, List<StreamSettings> settings) {
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Catalog catalog = source.discover(SyncRun.scope(settings));
        List<PlannedReads.Mapped> reads = PlannedReads.of(settings, catalog, destination).stream()
                .filter(mapped -> isWanted(mapped.read().stream().id()))
                .toList();
        for (Catalog.Unreadable broken : PlannedReads.unreadable(settings, catalog)) {
            if (isWanted(broken.id()) && reads.isEmpty()) {
                throw broken.problem().exception();
            }
            if (isWanted(broken.id())) {
                warnings.add(
                        broken.id() + " cannot be read: " + broken.problem().message());
            }
        }
        if (reads.isEmpty()) {
            throw usage(
                    streams.isEmpty()
                            ? "there is no stream to show"
                            : "there is no stream " + String.join(", ", streams),
                    "see what there is with `sluice discover`");
        }
        int most = rows != null ? rows : reads.size() == 1 ? MANY_ROWS : FEW_ROWS;
        for (PlannedReads.Mapped mapped : reads.subList(0, Math.min(MOST_STREAMS, reads.size()))) {
            Preview preview = Preview.of(source, mapped.read(), mapped.mapping(), most);
            PreviewTable table = new PreviewTable(
                    mapped.read().stream().id(), mapped.mapping().schema(), preview, most);
            lines.addAll(table.lines(
                    session.console().outLook(), session.console().terminal().width(), reads.size() > 1));
            facts.add(table.facts());
            warnings.addAll(preview.rejected());
        }
        if (reads.size() > MOST_STREAMS) {
            lines.add(
                    Line.of(Style.DIM, "+" + (reads.size() - MOST_STREAMS) + " more streams; name one with --stream"));
        }
        String summary = "the first rows of " + Units.count(reads.size(), "stream", "streams");
        return Report.of(summary, lines, Map.of("streams", facts)).withWarnings(warnings);
    }

    private boolean isWanted(StreamId stream) {
        return streams.isEmpty() || streams.contains(stream.toString()) || streams.contains(stream.name());
    }
}
