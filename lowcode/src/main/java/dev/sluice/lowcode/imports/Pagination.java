package dev.sluice.lowcode.imports;

import static dev.sluice.lowcode.imports.Draft.map;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How pages are asked for, guessed from the names of parameters and of what an answer has.
 *
 * @param paginator the component of the manifest
 * @param parameters the parameters that it sends, which nobody else sends then
 * @param words what was guessed, for people
 */
record Pagination(Map<String, Object> paginator, List<String> parameters, String words) {
    private static final int SIZE = 100;
    private static final List<String> PAGES = List.of("page", "pagenumber", "pageno", "pagenum", "p");
    private static final List<String> OFFSETS = List.of("offset", "skip", "startat", "startindex");
    private static final List<String> SIZES = List.of(
            "perpage", "pagesize", "limit", "count", "size", "maxresults", "itemsperpage", "top", "take", "results");
    private static final List<String> CURSORS = List.of(
            "cursor",
            "pagetoken",
            "nexttoken",
            "nextcursor",
            "nextpagetoken",
            "after",
            "continuationtoken",
            "pagecursor");
    private static final List<String> LAST_IDS = List.of("startingafter", "sinceid", "afterid");
    private static final List<String> NEXT_TOKENS =
            List.of("nextpagetoken", "nextcursor", "nexttoken", "continuationtoken", "cursor", "endcursor");
    private static final List<String> NEXT_ADDRESSES =
            List.of("next", "nexturl", "nextlink", "nextpageurl", "nextpage");

    /**
     * Guesses.
     *
     * @param parameters the names of the parameters that a request may have
     * @param answer where the members of an answer are, by their names without anything but letters, as templates
     * @param size how many records a page was asked to have; null if nobody said
     */
    static Optional<Pagination> guess(
            Collection<String> parameters, Map<String, String> answer, @Nullable Integer size) {
        String limit = find(parameters, SIZES);
        int records = size == null || size < 1 ? SIZE : size;
        String address = first(answer, NEXT_ADDRESSES);
        String cursor = find(parameters, CURSORS);
        String token = first(answer, NEXT_TOKENS);
        if (cursor != null && token != null) {
            return Optional.of(made(cursor(token, records), option(cursor), cursor, limit, "a cursor in the answer"));
        }
        String lastId = find(parameters, LAST_IDS);
        if (lastId != null) {
            return Optional.of(
                    made(lastId(answer, records), option(lastId), lastId, limit, "the key of the last record"));
        }
        String page = find(parameters, PAGES);
        if (page != null) {
            Map<String, Object> strategy = map("type", "PageIncrement", "start_from_page", 1, "page_size", records);
            return Optional.of(made(strategy, option(page), page, limit, "numbers of pages, from 1 on"));
        }
        String offset = find(parameters, OFFSETS);
        if (offset != null) {
            Map<String, Object> strategy = map("type", "OffsetIncrement", "page_size", records);
            return Optional.of(made(strategy, option(offset), offset, limit, "an offset"));
        }
        if (address != null) {
            return Optional.of(made(
                    cursor(address, records), map("type", "RequestPath"), null, limit, "the address of the next page"));
        }
        return Optional.empty();
    }

    private static Map<String, Object> cursor(String expression, int records) {
        return map(
                "type",
                "CursorPagination",
                "page_size",
                records,
                "cursor_value",
                "{{ " + expression + " }}",
                "stop_condition",
                "{{ not " + expression + " }}");
    }

    private static Map<String, Object> lastId(Map<String, String> answer, int records) {
        String more = answer.get("hasmore");
        return map(
                "type",
                "CursorPagination",
                "page_size",
                records,
                "cursor_value",
                "{{ last_record['id'] }}",
                "stop_condition",
                more == null ? "{{ last_page_size == 0 }}" : "{{ not " + more + " }}");
    }

    private static Map<String, Object> option(String name) {
        return map("type", "RequestOption", "inject_into", "request_parameter", "field_name", name);
    }

    private static Pagination made(
            Map<String, Object> strategy,
            Map<String, Object> token,
            @Nullable String parameter,
            @Nullable String limit,
            String words) {
        Map<String, Object> paginator =
                map("type", "DefaultPaginator", "pagination_strategy", strategy, "page_token_option", token);
        if (limit == null) {
            // Without a parameter for it, a size that is not the service's own would end the read after the first page.
            strategy.remove("page_size");
        } else {
            paginator.put("page_size_option", option(limit));
        }
        List<String> own = parameter == null
                ? limit == null ? List.of() : List.of(limit)
                : limit == null ? List.of(parameter) : List.of(parameter, limit);
        return new Pagination(paginator, own, words);
    }

    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** True if it is about how large pages are. */
    static boolean isSize(String parameter) {
        return SIZES.contains(plain(parameter));
    }

    private static @Nullable String find(Collection<String> names, List<String> wanted) {
        return wanted.stream()
                .flatMap(each -> names.stream().filter(name -> plain(name).equals(each)))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String first(Map<String, String> answer, List<String> wanted) {
        return wanted.stream()
                .filter(answer::containsKey)
                .map(answer::get)
                .findFirst()
                .orElse(null);
    }
}
