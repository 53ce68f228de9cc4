package dev.sluice.server.builder;

import dev.sluice.server.json.JsonText;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.workbench.ExchangeKind;
import dev.sluice.spi.workbench.FoundSchema;
import dev.sluice.spi.workbench.TestPage;
import dev.sluice.spi.workbench.TestPreview;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestSlice;
import dev.sluice.spi.workbench.TestWarning;
import dev.sluice.spi.workbench.WireExchange;
import dev.sluice.spi.workbench.WireRequest;
import dev.sluice.spi.workbench.WireResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a test as answers show it. */
final class ResultJson {
    private ResultJson() {}

    static Map<String, @Nullable Object> of(TestResult result, @Nullable Object configUpdate) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("slices", result.slices().stream().map(ResultJson::slice).toList());
        shown.put(
                "otherRequests", result.others().stream().map(ResultJson::other).toList());
        shown.put(
                "logs",
                result.log().stream()
                        .map(line -> map(
                                "level",
                                line.level().name().toLowerCase(Locale.ROOT),
                                "message",
                                line.message(),
                                "detail",
                                line.detail(),
                                "at",
                                line.at().toString()))
                        .toList());
        shown.put("limitReached", result.end().limited());
        FoundSchema schema = result.findings().schema();
        shown.put("inferredSchema", JsonText.read(schema.inferred()));
        shown.put(
                "schemaDifferences",
                schema.differences().stream()
                        .map(each -> map(
                                "path",
                                each.path(),
                                "kind",
                                each.kind().name().toLowerCase(Locale.ROOT),
                                "declared",
                                each.declared(),
                                "found",
                                each.found()))
                        .toList());
        shown.put("datetimeFormats", schema.datetimeFormats());
        shown.put(
                "warnings",
                result.findings().warnings().stream().map(ResultJson::warning).toList());
        shown.put("problem", problem(result.end().problem(), result.end().path()));
        String state = result.end().state();
        shown.put("state", state == null ? null : JsonText.read(state));
        shown.put("configUpdate", configUpdate);
        shown.put("preview", preview(result.findings().preview()));
        shown.put("streams", result.findings().made());
        return shown;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    static Map<String, @Nullable Object> warning(TestWarning warning) {
        return map(
                "code", warning.code(), "message", warning.message(), "next", warning.next(), "path", warning.path());
    }

    static @Nullable Map<String, @Nullable Object> problem(@Nullable Problem problem, @Nullable String path) {
        if (problem == null) {
            return null;
        }
        String where = problem.where();
        String why = problem.why();
        String detail =
                (where == null ? "" : where) + (where != null && why != null ? ": " : "") + (why == null ? "" : why);
        return map(
                "code",
                problem.code(),
                "title",
                problem.message(),
                "detail",
                detail,
                "next",
                problem.fix(),
                "path",
                path);
    }

    private static Map<String, @Nullable Object> slice(TestSlice slice) {
        String descriptor = slice.descriptor();
        String state = slice.state();
        return map(
                "descriptor",
                descriptor == null ? null : JsonText.read(descriptor),
                "state",
                state == null ? null : JsonText.read(state),
                "pages",
                slice.pages().stream().map(ResultJson::page).toList(),
                "otherRequests",
                slice.others().stream().map(ResultJson::other).toList());
    }

    private static Map<String, @Nullable Object> page(TestPage page) {
        WireExchange exchange = page.exchange();
        return map(
                "records",
                page.records().stream().map(JsonText::read).toList(),
                "index",
                exchange == null ? null : exchange.index(),
                "request",
                exchange == null ? null : request(exchange.request()),
                "response",
                exchange == null ? null : response(exchange.response()),
                "failure",
                exchange == null ? null : exchange.failure(),
                "retryOf",
                exchange == null ? null : exchange.retryOf());
    }

    private static Map<String, @Nullable Object> other(WireExchange exchange) {
        ExchangeKind kind = exchange.about().kind();
        return map(
                "index",
                exchange.index(),
                "kind",
                (kind == ExchangeKind.PAGE ? ExchangeKind.HTTP : kind).name(),
                "title",
                exchange.about().title(),
                "stream",
                exchange.about().stream(),
                "path",
                exchange.about().path(),
                "request",
                request(exchange.request()),
                "response",
                response(exchange.response()),
                "failure",
                exchange.failure(),
                "retryOf",
                exchange.retryOf());
    }

    private static Map<String, @Nullable Object> request(WireRequest request) {
        return map(
                "url", request.url(), "method", request.method(), "headers", request.headers(), "body", request.body());
    }

    private static @Nullable Map<String, @Nullable Object> response(@Nullable WireResponse response) {
        return response == null
                ? null
                : map(
                        "status",
                        response.status(),
                        "headers",
                        response.headers(),
                        "body",
                        response.body(),
                        "truncated",
                        response.truncated());
    }

    private static Map<String, @Nullable Object> preview(TestPreview preview) {
        return map(
                "columns",
                preview.columns().stream()
                        .map(column ->
                                map("name", column.name(), "type", column.type().notation()))
                        .toList(),
                "rows",
                preview.rows(),
                "problems",
                preview.problems());
    }

    /** The little that lists and refusals need. */
    static Map<String, @Nullable Object> outcome(TestResult result) {
        Problem problem = result.end().problem();
        return map(
                "records",
                result.records().size(),
                "problem",
                problem == null ? null : problem.message(),
                "warnings",
                List.copyOf(result.findings().warnings().stream()
                        .map(TestWarning::code)
                        .map(Objects::requireNonNull)
                        .toList()));
    }
}
