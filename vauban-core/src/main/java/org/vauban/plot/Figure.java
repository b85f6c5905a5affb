package org.vauban.plot;

/** A figure as data. The same figure gives the same bytes. */
public sealed interface Figure
        permits KaplanMeierFigure,
                ForestFigure,
                AttritionFigure,
                BalanceFigure,
                OverlapFigure,
                ControlsFigure,
                OccurrenceFigure,
                DifferenceFigure,
                SankeyFigure {
    /** A name that is unique in its page, in the letters of a file name. */
    String id();

    FigureWords words();

    /**
     * The figure for a page: a wide drawing and a narrow one, of which {@link FigureStyle#css()} shows the one that fits. Without a
     * style element and without any inline style.
     */
    default String inPage() {
        return draw(Layout.WIDE).inPage() + "\n" + draw(Layout.NARROW).inPage();
    }

    /** The figure as a file of its own, with its style inside. */
    default String standalone(Layout layout) {
        return draw(layout).standalone();
    }

    private Svg draw(Layout layout) {
        return switch (this) {
            case KaplanMeierFigure figure -> KaplanMeierDrawing.draw(figure, layout);
            case ForestFigure figure -> ForestDrawing.draw(figure, layout);
            case AttritionFigure figure -> AttritionDrawing.draw(figure, layout);
            case BalanceFigure figure -> BalanceDrawing.draw(figure, layout);
            case OverlapFigure figure -> OverlapDrawing.draw(figure, layout);
            case ControlsFigure figure -> ControlsDrawing.draw(figure, layout);
            case OccurrenceFigure figure -> OccurrenceDrawing.draw(figure, layout);
            case DifferenceFigure figure -> DifferenceDrawing.draw(figure, layout);
            case SankeyFigure figure -> SankeyDrawing.draw(figure, layout);
        };
    }
}
