package dev.sluice.lowcode.page;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.select.Decoder;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Goes from page to page. Stateless: the token of a page is all there is to know. */
public final class Paginator {
    private final Surroundings surroundings;
    private final Optional<Component> paginator;
    private final Component strategy;

    /**
     * What was seen of a page.
     *
     * @param answer the answer
     * @param elements its decoded elements
     * @param extracted how many records it held before any filter
     * @param kept how many of them were kept
     * @param last the last one that was kept; none if there was none
     */
    public record Seen(Answer answer, List<Object> elements, int extracted, int kept, Object last) {}

    /** The paginator of a retriever. */
    public Paginator(Optional<Component> component, Surroundings surroundings, Decoder decoder) {
        this.surroundings = surroundings;
        this.paginator = component.filter(given -> !given.type().equals("NoPagination"));
        if (paginator.isEmpty()) {
            strategy = new Component(Map.of(), "");
            return;
        }
        Component given = paginator.get();
        if (!given.type().equals("DefaultPaginator")) {
            throw given.unsupported();
        }
        if (!decoder.canPage()) {
            throw given.wrong("pagination_strategy", "cannot be used with a decoder that reads line by line");
        }
        strategy = given.required("pagination_strategy");
        switch (strategy.type()) {
            case "CursorPagination", "PageIncrement", "OffsetIncrement" -> {}
            default -> throw strategy.unsupported();
        }
        if (given.has("page_size_option") && !strategy.has("page_size")) {
            throw given.wrong("page_size_option", "needs a `page_size` of the pagination_strategy");
        }
    }

    private Templates templates() {
        return surroundings.templates();
    }

    private Scope scope() {
        return surroundings.scope(strategy.parameters());
    }

    private OptionalLong pageSize(Scope scope) {
        if (!strategy.has("page_size")) {
            return OptionalLong.empty();
        }
        Object size = templates().value(strategy.text("page_size"), scope);
        if (!Numbers.isWhole(size)) {
            throw strategy.wrong("page_size", "has to be a whole number");
        }
        return OptionalLong.of(Numbers.big(size).longValueExact());
    }

    private long start() {
        return strategy.type().equals("PageIncrement")
                ? strategy.whole("start_from_page").orElse(0)
                : 0;
    }

    /** The token of the first page; none if it has none. */
    public Object first() {
        boolean injected = strategy.truth("inject_on_first_request", false)
                && !strategy.type().equals("CursorPagination");
        return injected ? (Object) start() : None.NONE;
    }

    /** The path or address that a token takes the place of. */
    public Optional<String> address(Object token) {
        boolean path = paginator
                .flatMap(given -> given.optional("page_token_option"))
                .filter(option -> option.type().equals("RequestPath"))
                .isPresent();
        return path && !(token instanceof None) ? Optional.of(Values.str(token)) : Optional.empty();
    }

    /** True if the service gives the same token for each page and keeps itself where it stands. */
    public boolean repeatsToken() {
        return strategy.truth("repeats_token", false);
    }

    /** Puts the token and the size of a page into its request. */
    public void inject(Object token, Options options) {
        if (paginator.isEmpty()) {
            return;
        }
        Scope scope = surroundings.scope();
        Optional<Component> option = paginator.get().optional("page_token_option");
        if (option.isPresent() && !option.get().type().equals("RequestPath")) {
            options.inject(option.get(), token, templates(), scope);
        }
        Optional<Component> size = paginator.get().optional("page_size_option");
        OptionalLong records = size.isPresent() ? pageSize(scope()) : OptionalLong.empty();
        if (size.isPresent() && records.isPresent()) {
            options.inject(size.get(), records.getAsLong(), templates(), scope);
        }
    }

    /** The token of the page after one; none if there is no further page. */
    public Object next(Seen seen, Object token) {
        if (paginator.isEmpty()) {
            return None.NONE;
        }
        return switch (strategy.type()) {
            case "CursorPagination" -> cursor(seen);
            case "PageIncrement" ->
                isLast(seen) ? None.NONE : (Object) ((token instanceof Long page ? page : start()) + 1);
            default ->
                isLast(seen) ? None.NONE : (Object) ((token instanceof Long offset ? offset : 0L) + seen.extracted());
        };
    }

    private boolean isLast(Seen seen) {
        Scope scope = scope().with("response", response(seen));
        OptionalLong size = pageSize(scope);
        return seen.extracted() == 0 || (size.isPresent() && seen.extracted() < size.getAsLong());
    }

    private static Object response(Seen seen) {
        return seen.elements().isEmpty()
                ? new LinkedHashMap<>()
                : seen.elements().getFirst();
    }

    private Object cursor(Seen seen) {
        Scope scope = scope().with("response", response(seen))
                .with("headers", seen.answer().headersForTemplates())
                .with("last_record", seen.last())
                .with("last_page_size", (long) seen.kept());
        Optional<String> condition = strategy.optionalText("stop_condition");
        if (condition.isPresent() && templates().holds(condition.get(), scope)) {
            return None.NONE;
        }
        Object value = templates().value(strategy.text("cursor_value"), scope);
        return Values.truthy(value) ? value : None.NONE;
    }
}
