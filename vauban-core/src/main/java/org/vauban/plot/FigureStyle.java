package org.vauban.plot;

/** The one style of all figures, for light, dark and print. A page may set the {@code --vauban-…} properties to its own colours. */
public final class FigureStyle {
    private static final String LIGHT = """
            --vf-ground: var(--vauban-ground, #ffffff);
            --vf-ink: var(--vauban-ink, #1b2430);
            --vf-muted: var(--vauban-muted, #505c6b);
            --vf-grid: var(--vauban-grid, #e4e8ed);
            --vf-axis: var(--vauban-axis, #7c8896);
            --vf-panel: var(--vauban-panel, #f3f6f9);
            --vf-arm-0: #0b62a4;
            --vf-arm-1: #b04500;
            --vf-arm-2: #00705a;
            --vf-arm-3: #843b78;
            """;

    private static final String DARK = """
            --vf-ground: var(--vauban-ground, #12171e);
            --vf-ink: var(--vauban-ink, #e9edf2);
            --vf-muted: var(--vauban-muted, #b0bac6);
            --vf-grid: var(--vauban-grid, #2b333d);
            --vf-axis: var(--vauban-axis, #84909d);
            --vf-panel: var(--vauban-panel, #1b222b);
            --vf-arm-0: #63b3f0;
            --vf-arm-1: #f59b5c;
            --vf-arm-2: #4cc7a4;
            --vf-arm-3: #d99ad0;
            """;

    private static final String CSS = """
            .vauban-figure { display: block; width: 100%; height: auto; font-variant-numeric: tabular-nums;
            LIGHT}
            @media screen and (prefers-color-scheme: dark) {
            :root:not([data-theme="light"]) .vauban-figure, svg.vauban-figure:root {
            DARK}
            }
            @media screen { :root[data-theme="dark"] .vauban-figure {
            DARK}
            }
            @media print { .vauban-figure { print-color-adjust: exact; break-inside: avoid; } }
            .vauban-figure.vauban-wide { max-width: 60rem; }
            .vauban-figure.vauban-narrow { max-width: 32rem; }
            .vf-ground { fill: var(--vf-ground); }
            .vf-ink { fill: var(--vf-ink); }
            .vf-muted { fill: var(--vf-muted); }
            .vf-panel { fill: var(--vf-panel); stroke: var(--vf-axis); }
            .vf-grid { stroke: var(--vf-grid); }
            .vf-axis { stroke: var(--vf-axis); }
            .vf-mark { stroke: var(--vf-ink); }
            .vf-line-0 { stroke: var(--vf-arm-0); }
            .vf-line-1 { stroke: var(--vf-arm-1); }
            .vf-line-2 { stroke: var(--vf-arm-2); }
            .vf-line-3 { stroke: var(--vf-arm-3); }
            .vf-fill-0 { fill: var(--vf-arm-0); }
            .vf-fill-1 { fill: var(--vf-arm-1); }
            .vf-fill-2 { fill: var(--vf-arm-2); }
            .vf-fill-3 { fill: var(--vf-arm-3); }
            """.replace("LIGHT", LIGHT).replace("DARK", DARK);

    private static final String CHOICE = """
            @media screen and (max-width: 40rem) { .vauban-figure.vauban-wide { display: none; } }
            @media screen and (min-width: 40.001rem) { .vauban-figure.vauban-narrow { display: none; } }
            @media print { .vauban-figure.vauban-narrow { display: none; } }
            """;

    private FigureStyle() {}

    /** The style sheet that a page with figures includes once. */
    public static String css() {
        return CSS + CHOICE;
    }

    /** The style of a figure that stands alone: nothing to choose. */
    static String standaloneCss() {
        return CSS;
    }
}
