package dev.sluice.airbyte.serve;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.ConnectorServer;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Serves any connector as one of the Airbyte protocol. */
public final class AirbyteServer implements ConnectorServer {
    private static final String PROTOCOL_VERSION = "0.18.0";
    private static final int FAILED = 1;

    @Override
    public String protocol() {
        return "airbyte";
    }

    @Override
    public int serve(Connector connector, Request request, Exchange exchange) {
        Messages messages = new Messages(exchange.out(), exchange.clock());
        ServedContext context = new ServedContext(messages, exchange.clock());
        try {
            return switch (connector) {
                case SourceConnector source -> source(source, request, context);
                case DestinationConnector destination -> destination(destination, request, exchange, context);
            };
        } catch (RuntimeException failure) {
            messages.failure(Messages.problem(failure), null);
            return FAILED;
        }
    }

    private static int source(SourceConnector connector, Request request, ServedContext context) {
        return switch (request.command()) {
            case "spec" -> spec(connector, Map.of("supportsIncremental", true), context);
            case "check" -> {
                CheckReport report;
                try (Source source = connector.open(request.config(), context)) {
                    report = source.check();
                } catch (RuntimeException refused) {
                    report = failed(refused);
                }
                yield status(report, context);
            }
            case "discover" -> {
                try (Source source = connector.open(request.config(), context)) {
                    List<Map<String, Object>> streams = source.discover(new DiscoverScope.All()).streams().stream()
                            .map(Offered::of)
                            .toList();
                    context.messages().send("CATALOG", "catalog", Map.of("streams", streams));
                    yield 0;
                }
            }
            case "read" -> {
                List<Configured> streams = Configured.of(request.catalog());
                try (Source source = connector.open(request.config(), context)) {
                    yield new Reads(source, context).run(streams, ReadState.file(request.state(), source.sharedLog()))
                            ? 0
                            : FAILED;
                }
            }
            default -> throw unknown(request.command(), "a source has spec, check, discover and read");
        };
    }

    private static int destination(
            DestinationConnector connector, Request request, Exchange exchange, ServedContext context) {
        return switch (request.command()) {
            case "spec" -> {
                List<String> modes = connector.modes().stream()
                        .filter(mode -> mode != DestinationSyncMode.OVERWRITE_DEDUP)
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList();
                yield spec(connector, Map.of("supported_destination_sync_modes", modes), context);
            }
            case "check" -> {
                CheckReport report;
                try (Destination destination = connector.open(request.config(), context)) {
                    report = destination.check();
                } catch (RuntimeException refused) {
                    report = failed(refused);
                }
                yield status(report, context);
            }
            case "write" -> {
                List<Configured> streams = Configured.of(request.catalog());
                try (Destination destination = connector.open(request.config(), context)) {
                    yield new Writes(destination, context).run(streams, exchange.in()) ? 0 : FAILED;
                }
            }
            default -> throw unknown(request.command(), "a destination has spec, check and write");
        };
    }

    private static RuntimeException unknown(String command, String there) {
        return Problem.of("E_USAGE", ProblemKind.CONFIG, "there is no command " + command)
                .because(there)
                .exception();
    }

    private static int spec(Connector connector, Map<String, Object> more, ServedContext context) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("protocol_version", PROTOCOL_VERSION);
        spec.put("connectionSpecification", Json.readObject(connector.spec()));
        spec.putAll(more);
        context.messages().send("SPEC", "spec", spec);
        return 0;
    }

    private static CheckReport failed(RuntimeException refused) {
        return new CheckReport(List.of(CheckReport.Step.failed("configure", Messages.problem(refused))));
    }

    private static int status(CheckReport report, ServedContext context) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status", report.succeeded() ? "SUCCEEDED" : "FAILED");
        report.firstProblem().ifPresent(problem -> status.put("message", words(problem)));
        context.messages().send("CONNECTION_STATUS", "connectionStatus", status);
        return 0;
    }

    private static String words(Problem problem) {
        StringBuilder words = new StringBuilder(problem.message());
        if (problem.where() != null) {
            words.append(" (").append(problem.where()).append(')');
        }
        if (problem.why() != null) {
            words.append(": ").append(problem.why());
        }
        if (problem.fix() != null) {
            words.append("; ").append(problem.fix());
        }
        return words.toString();
    }
}
