package dev.sluice.lowcode.source;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.Page;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.stream.StreamList;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Tries the streams that the manifest names for it: each has to have something to ask for, and an answer. */
final class Check {
    private final Manifest manifest;
    private final Surroundings surroundings;
    private final Requesters requesters;
    private final StreamList streams;
    private final List<CheckReport.Step> steps = new ArrayList<>();

    Check(Manifest manifest, Surroundings surroundings, Requesters requesters, StreamList streams) {
        this.manifest = manifest;
        this.surroundings = surroundings;
        this.requesters = requesters;
        this.streams = streams;
    }

    CheckReport run() {
        try {
            wanted().forEach(this::tryStream);
        } catch (ProblemException failed) {
            steps.add(CheckReport.Step.failed("find the streams to try", failed.problem()));
        }
        return new CheckReport(steps);
    }

    private List<Component> wanted() {
        Component check = manifest.root().required("check");
        List<Component> wanted = new ArrayList<>();
        switch (check.type()) {
            case "CheckStream" -> {
                Object chosen = surroundings.config().get("__airbyte_check_stream_names");
                List<String> names = chosen instanceof List<?> list
                        ? list.stream()
                                .map(name -> Values.str(Values.requireDefined(name)))
                                .toList()
                        : check.texts("stream_names");
                List<Component> fixed = streams.fixed();
                names.forEach(name -> wanted.add(named(check, fixed, name)));
                check.all("dynamic_streams_check_configs")
                        .forEach(config -> wanted.addAll(some(
                                config.text("dynamic_stream_name"),
                                config.whole("stream_count").orElse(Long.MAX_VALUE))));
            }
            case "CheckDynamicStream" -> {
                long count = check.whole("stream_count").orElse(1);
                wanted.addAll(streams.all().stream().limit(count).toList());
            }
            default -> throw check.unsupported();
        }
        if (wanted.isEmpty()) {
            throw check.wrong("stream_names", "names no stream that can be tried");
        }
        return wanted;
    }

    private static Component named(Component check, List<Component> fixed, String name) {
        return fixed.stream()
                .filter(stream -> ManifestSource.name(stream).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> check.wrong("stream_names", "names " + name + ", which is no stream of the manifest"));
    }

    private List<Component> some(String group, long count) {
        List<Component> found = new ArrayList<>();
        int place = 0;
        for (Component dynamic : manifest.root().all("dynamic_streams")) {
            if (StreamList.group(dynamic, place).equals(group)) {
                found.addAll(streams.made(dynamic, place));
            }
            place++;
        }
        return found.stream().limit(count).toList();
    }

    private void tryStream(Component definition) {
        String step = "read " + ManifestSource.name(definition);
        try {
            OpenStream stream =
                    new StreamBuilder(requesters, surroundings.clock().instant()).open(definition, false, None.NONE);
            Iterator<StreamSlice> slices = stream.slices();
            if (!slices.hasNext()) {
                throw Problem.of("E_CHECK", ProblemKind.CONFIG, "the stream has nothing to ask for")
                        .at(ManifestSource.name(definition))
                        .because("no stream slices were found: no parent record, an empty list, or a start that is not "
                                + "before the end")
                        .exception();
            }
            Iterator<Page> pages = stream.pages(slices.next());
            boolean any = pages.hasNext() && !pages.next().records().isEmpty();
            steps.add(CheckReport.Step.ok(step, any ? null : "it holds no records now"));
        } catch (ProblemException failed) {
            steps.add(CheckReport.Step.failed(step, failed.problem()));
        }
    }
}
