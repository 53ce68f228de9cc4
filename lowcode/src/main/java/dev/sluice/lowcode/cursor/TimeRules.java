package dev.sluice.lowcode.cursor;

import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.time.CalendarSpan;
import dev.sluice.lowcode.time.Iso;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a cursor of the manifest says about times. All of a read happens at one moment, so that it can be resumed. */
final class TimeRules {
    private static final int MOST_SLICES = 200_000;

    private final Component component;
    private final Surroundings surroundings;
    private final Templates templates;
    private final Moment now;
    private final List<String> formats = new ArrayList<>();
    private final Optional<CalendarSpan> step;
    private final CalendarSpan granularity;
    private final CalendarSpan lookback;

    TimeRules(Component component, Surroundings surroundings, Instant at) {
        this.component = component;
        this.surroundings = surroundings;
        this.templates = new Templates(Clock.fixed(at, ZoneOffset.UTC));
        this.now = Moment.utc(at);
        formats.addAll(component.texts("cursor_datetime_formats"));
        formats.add(format());
        if (component.has("step") != component.has("cursor_granularity")) {
            throw component.wrong("step", "and `cursor_granularity` can only be given together");
        }
        step = component.optionalText("step").map(text -> span(text, "step"));
        granularity = component
                .optionalText("cursor_granularity")
                .map(text -> span(text, "cursor_granularity"))
                .orElse(CalendarSpan.ZERO);
        lookback = component
                .optionalText("lookback_window")
                .map(text -> span(text, "lookback_window"))
                .orElse(CalendarSpan.ZERO);
    }

    private CalendarSpan span(String template, String field) {
        String text = templates.text(template, scope());
        try {
            return text.isEmpty() || text.equals("None") ? CalendarSpan.ZERO : Iso.span(text);
        } catch (Fault none) {
            throw component.wrong(field, none.words());
        }
    }

    private Scope scope() {
        return surroundings.scope(component.parameters());
    }

    String format() {
        return component.text("datetime_format");
    }

    String field() {
        return templates.text(component.text("cursor_field"), scope());
    }

    boolean hasGranularity() {
        return !granularity.isZero();
    }

    CalendarSpan granularity() {
        return granularity;
    }

    String print(Moment moment) {
        return TimeFormat.print(moment, format());
    }

    /** The moment that a value of a record or a state means, if it means one. */
    Optional<Moment> read(Object value) {
        if (value instanceof None || value instanceof Undefined) {
            return Optional.empty();
        }
        for (String format : formats) {
            try {
                return Optional.of(TimeFormat.parse(value, format));
            } catch (Fault other) {
                // the next format may fit
            }
        }
        return Optional.empty();
    }

    /** The newest time of records, if any has one. */
    Optional<Moment> newest(List<Map<Object, Object>> records) {
        String field = field();
        Optional<Moment> newest = Optional.empty();
        for (Map<Object, Object> record : records) {
            Optional<Moment> at = read(Values.member(record, field));
            if (at.isPresent() && (newest.isEmpty() || at.get().compareTo(newest.get()) > 0)) {
                newest = at;
            }
        }
        return newest;
    }

    Moment start() {
        return bound(component.raw("start_datetime"), "start_datetime");
    }

    /** The last moment that is read; with clamping, the end of the last whole day, week or month. */
    Moment end() {
        Moment end = component.has("end_datetime") ? bound(component.raw("end_datetime"), "end_datetime") : now;
        Optional<String> target = clamping();
        if (target.isEmpty()) {
            return end;
        }
        CalendarSpan least = target.get().equals("DAY")
                ? new CalendarSpan(0, Duration.ofSeconds(1))
                : new CalendarSpan(0, Duration.ofDays(1));
        return (granularity.isZero() ? least : granularity).before(clamped(end, false));
    }

    private Moment bound(Object given, String field) {
        if (!(given instanceof Map<?, ?>)) {
            return parsed(templates.text(Values.str(given), scope()), List.of(format()), field);
        }
        Component limits = component.required(field);
        List<String> own = limits.optionalText("datetime_format")
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(templates.text(text, scope())))
                .orElse(List.of(format()));
        Scope scope = surroundings.scope(limits.parameters());
        Moment moment = parsed(templates.text(limits.text("datetime"), scope), own, field);
        Optional<Moment> least = limit(limits, "min_datetime", own, scope);
        if (least.isPresent() && moment.compareTo(least.get()) < 0) {
            moment = least.get();
        }
        Optional<Moment> most = limit(limits, "max_datetime", own, scope);
        return most.isPresent() && moment.compareTo(most.get()) > 0 ? most.get() : moment;
    }

    private Optional<Moment> limit(Component limits, String field, List<String> formats, Scope scope) {
        return limits.optionalText(field)
                .map(template -> templates.text(template, scope))
                .filter(text -> !text.isEmpty() && !text.equals("None"))
                .map(text -> parsed(text, formats, field));
    }

    private Moment parsed(String text, List<String> formats, String field) {
        for (String format : formats) {
            try {
                return TimeFormat.parse(text, format);
            } catch (Fault other) {
                // the next format may fit
            }
        }
        throw component.wrong(field, "is not a time of the format " + formats.getFirst() + ": \"" + text + "\"");
    }

    /** The spans to ask for, from where the stream stands up to the end. */
    List<Map<Object, Object>> spans(Moment from, Moment earliest) {
        Moment end = end();
        Moment back = lookback.before(from);
        List<Map<Object, Object>> spans = new ArrayList<>();
        // With a granularity the end belongs to what is read, so that one moment alone is something to read as well.
        if (isPast(back, end, granularity.isZero()) || end.compareTo(earliest) < 0) {
            return spans;
        }
        Moment low = clamped(back.compareTo(earliest) < 0 ? earliest : back, true);
        if (isPast(low, end, component.truth("is_compare_strictly", false))) {
            return spans;
        }
        CalendarSpan stride = step.orElse(CalendarSpan.ZERO);
        if (stride.isZero() || stride.after(low).compareTo(end) >= 0) {
            spans.add(slice(low, granularity.isZero() ? clamped(end, true) : end));
        } else {
            divide(low, end, stride, spans);
        }
        return spans;
    }

    private static boolean isPast(Moment low, Moment end, boolean strictly) {
        return strictly ? low.compareTo(end) >= 0 : low.compareTo(end) > 0;
    }

    private void divide(Moment from, Moment end, CalendarSpan stride, List<Map<Object, Object>> spans) {
        Moment current = from;
        for (boolean last = false; !last; ) {
            Moment next = stride.after(current);
            Moment bound = next.compareTo(end) < 0 ? clamped(next, true) : end;
            last = next.compareTo(end) >= 0 || bound.compareTo(end) == 0;
            Moment low = clamped(current, true);
            if (low.compareTo(bound) >= 0) {
                return;
            }
            spans.add(slice(low, last ? bound : granularity.before(bound)));
            current = bound;
            if (spans.size() > MOST_SLICES) {
                throw component.wrong("step", "divides the time into more than " + MOST_SLICES + " parts");
            }
        }
    }

    /** The rest of a slice from a time on. */
    StreamSlice from(StreamSlice slice, Moment begin) {
        Map<Object, Object> bounds = new LinkedHashMap<>(slice.cursor());
        bounds.put(component.text("partition_field_start", "start_time"), print(begin));
        return slice.withCursor(bounds);
    }

    /** What the cursor is bound to: DAY, WEEK or MONTH. */
    private Optional<String> clamping() {
        return component
                .optional("clamping")
                .map(clamping ->
                        templates.text(clamping.text("target"), scope()).toUpperCase(Locale.ROOT));
    }

    /** The beginning of the day, week or month that a cursor is bound to. */
    private Moment clamped(Moment moment, boolean up) {
        Optional<String> target = clamping();
        if (target.isEmpty()) {
            return moment;
        }
        var day = moment.local().truncatedTo(ChronoUnit.DAYS);
        if (target.get().equals("DAY")) {
            boolean whole = !up || day.equals(moment.local());
            return new Moment(whole ? day : day.plusDays(1), moment.offset());
        }
        // The day alone counts here, whatever the time of it.
        boolean month = target.get().equals("MONTH");
        var floor = month
                ? day.withDayOfMonth(1)
                : day.with(TemporalAdjusters.previousOrSame(weekday(component.required("clamping"))));
        if (!up || floor.equals(day)) {
            return new Moment(floor, moment.offset());
        }
        return new Moment(month ? floor.plusMonths(1) : floor.plusWeeks(1), moment.offset());
    }

    private static DayOfWeek weekday(Component clamping) {
        return clamping.optional("target_details")
                .flatMap(details -> details.optionalText("weekday"))
                .map(name -> DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(DayOfWeek.MONDAY);
    }

    private Map<Object, Object> slice(Moment start, Moment end) {
        Map<Object, Object> slice = new LinkedHashMap<>();
        slice.put(component.text("partition_field_start", "start_time"), print(start));
        slice.put(component.text("partition_field_end", "end_time"), print(end));
        return slice;
    }

    Moment sliceStart(StreamSlice slice) {
        return sliceBound(slice, component.text("partition_field_start", "start_time"));
    }

    Moment sliceEnd(StreamSlice slice) {
        return sliceBound(slice, component.text("partition_field_end", "end_time"));
    }

    private Moment sliceBound(StreamSlice slice, String key) {
        Object value = slice.cursor().get(key);
        return value == null ? now : TimeFormat.parse(value, format());
    }

    void inject(StreamSlice slice, Options options) {
        Scope scope = scope();
        component
                .optional("start_time_option")
                .ifPresent(option ->
                        options.inject(option, bound(slice, "partition_field_start", "start_time"), templates, scope));
        component
                .optional("end_time_option")
                .ifPresent(option ->
                        options.inject(option, bound(slice, "partition_field_end", "end_time"), templates, scope));
    }

    private Object bound(StreamSlice slice, String field, String fallback) {
        Object value = slice.cursor().get(component.text(field, fallback));
        return value == null ? None.NONE : value;
    }

    boolean isDataFeed() {
        return component.truth("is_data_feed", false);
    }

    boolean filtersHere() {
        return component.truth("is_client_side_incremental", false);
    }

    /** True if a record lies in the span that the cursor is about, with what it looks back; one without a time does. */
    boolean isBetween(Object record, Moment from, Moment earliest) {
        Optional<Moment> at = read(Values.member(record, field()));
        Moment back = lookback.before(from);
        Moment low = back.compareTo(earliest) < 0 ? earliest : back;
        return at.isEmpty() || (at.get().compareTo(low) >= 0 && at.get().compareTo(end()) <= 0);
    }
}
