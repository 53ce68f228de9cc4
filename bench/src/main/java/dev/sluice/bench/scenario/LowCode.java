package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.PagedService;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A manifest that reads pages of JSON of a service on this machine, beside the official runner in Python. */
final class LowCode implements Scenario {
    private static final String OFFICIAL = "airbyte-cdk==7.39.1";
    private static final String RUNNER = "source-declarative-manifest";
    private static final int PAGE = 1000;
    private static final int ROWS_OF_THE_TABLE_A_RECORD = 10;
    private static final double LIMIT_OF_TIME = 0.1;
    private static final double LIMIT_OF_MEMORY = 0.2;

    private static final String MANIFEST = """
        version: "6.0.0"
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [orders]}
        streams:
          - type: DeclarativeStream
            name: orders
            primary_key: id
            transformations:
              - type: AddFields
                fields:
                  - {type: AddedFieldDefinition, path: [email], value: "{{ record['customer']['email'] }}"}
            retriever:
              type: SimpleRetriever
              requester: {type: HttpRequester, url_base: "{{ config['url'] }}", path: /orders, http_method: GET}
              record_selector:
                type: RecordSelector
                extractor: {type: DpathExtractor, field_path: [data]}
                record_filter: {type: RecordFilter, condition: "{{ record['id'] >= 0 }}"}
              paginator:
                type: DefaultPaginator
                page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}
                pagination_strategy: {type: PageIncrement, page_size: 1000}
            schema_loader:
              type: InlineSchemaLoader
              schema:
                type: object
                properties:
                  id: {type: integer}
                  customer: {type: object}
                  email: {type: string}
                  sku: {type: string}
                  price: {type: number}
                  paid: {type: boolean}
                  note: {type: string}
                  lines: {type: array}
                  updated_at: {type: string, format: date-time}
        spec:
          type: Spec
          connection_specification: {type: object, properties: {url: {type: string}}}
        """;

    @Override
    public String name() {
        return "lowcode";
    }

    @Override
    public String about() {
        return "A manifest with a filter and an added field, which reads pages of JSON of a service on the same"
                + " machine to nowhere, beside the official runner in Python.";
    }

    @Override
    public Outcome run(Lab lab) {
        int pages = Math.max(1, (int) (lab.settings().rows() / ROWS_OF_THE_TABLE_A_RECORD / PAGE));
        Path program = official(lab);
        try (PagedService service = new PagedService(pages, PAGE)) {
            Path folder = lab.work();
            files(folder, service.url());
            link(folder.resolve(RUNNER), program);
            List<Series> series = lab.compare(
                    Contestant.shell(
                            "official runner",
                            "./" + RUNNER
                                    + " read --manifest-path manifest.yaml --config config.json --catalog catalog.json"
                                    + " | grep -c '\"type\":\"RECORD\"'",
                            () -> {},
                            () -> Checks.number("the official runner", number(lab.output()), pages * (long) PAGE)),
                    lab.sluice(
                            List.of("sync", folder.resolve("sluice.yaml").toString(), "--output", "json"),
                            "sluice sync: {manifest: manifest.yaml} to discard",
                            () -> {},
                            () -> requireRows(lab.output(), pages * (long) PAGE)));
            double memory = series.get(1).median(Measurement::peakMemoryMib)
                    / series.get(0).median(Measurement::peakMemoryMib);
            return new Outcome(
                    series,
                    List.of(
                            Criterion.ratio("wall time", series.get(1), series.get(0), LIMIT_OF_TIME),
                            new Criterion("memory", memory, LIMIT_OF_MEMORY, "x")),
                    List.of(pages * PAGE + " records of " + pages + " pages; " + OFFICIAL));
        }
    }

    private static long number(String output) {
        String last = output.strip().lines().reduce((a, b) -> b).orElse("");
        return last.matches("\\d+") ? Long.parseLong(last) : -1;
    }

    private static void requireRows(String output, long rows) {
        if (!output.replace("_", "").contains(Long.toString(rows))) {
            throw new IllegalStateException("not " + rows + " records were read:\n" + output);
        }
    }

    private static void files(Path folder, String url) {
        try {
            Files.writeString(folder.resolve("manifest.yaml"), MANIFEST);
            Files.writeString(folder.resolve("config.json"), "{\"url\": \"" + url + "\"}");
            Files.writeString(folder.resolve("catalog.json"), """
                {"streams": [{"stream": {"name": "orders", "json_schema": {}, "supported_sync_modes": ["full_refresh"]}, \
                "sync_mode": "full_refresh", "destination_sync_mode": "append"}]}
                """);
            Files.writeString(folder.resolve("sluice.yaml"), """
                sources:
                  orders: {connector: {manifest: manifest.yaml}, config: {url: "%s"}}
                destinations:
                  nothing: {connector: discard}
                connections:
                  nowhere: {source: orders, destination: nothing, streams: {orders: {mode: full_refresh_append}}}
                """.formatted(url));
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write the project", failed);
        }
    }

    /** Where results are read, nobody has the folders of this machine. */
    private static void link(Path name, Path program) {
        try {
            Files.deleteIfExists(name);
            Files.createSymbolicLink(name, program);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot name the official runner", failed);
        }
    }

    /** The official runner, which is installed where data is kept. */
    private static Path official(Lab lab) {
        Path folder = lab.settings().data().resolve("official-runner");
        Path program = folder.resolve("bin/" + RUNNER);
        if (!Files.exists(program)) {
            lab.say("installing " + OFFICIAL);
            run("python3", "-m", "venv", "--clear", folder.toString());
            run(folder.resolve("bin/pip").toString(), "install", "--quiet", OFFICIAL);
        }
        return program;
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed; the scenario needs Python 3.11");
            }
        } catch (IOException missing) {
            throw new IllegalStateException("the scenario needs Python 3.11 with venv", missing);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a program was installed", stopped);
        }
    }
}
