"""List the words of SVG that draw; all others are left out of what is published."""

from __future__ import annotations

_DRAWING = """
svg g defs symbol use title desc switch path rect circle ellipse line polyline polygon text tspan textPath image
marker linearGradient radialGradient stop pattern clipPath mask filter style view animate animateTransform
animateMotion set mpath feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage
feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
"""
_RUNNING = """
script foreignObject iframe embed object audio video canvas handler listener
"""
_DESCRIBING = """
id class style transform transform-origin lang role tabindex x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d
points width height viewBox preserveAspectRatio version pathLength rotate textLength lengthAdjust startOffset
method spacing side offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits
patternTransform clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
filterUnits primitiveUnits filterRes in in2 result mode type values tableValues slope intercept amplitude
exponent operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha
surfaceScale diffuseConstant specularConstant specularExponent kernelUnitLength scale xChannelSelector
yChannelSelector azimuth elevation z pointsAtX pointsAtY pointsAtZ limitingConeAngle stdDeviation radius
baseFrequency numOctaves seed stitchTiles media attributeName attributeType begin dur end min max restart
repeatCount repeatDur fill calcMode keyTimes keySplines keyPoints path from to by additive accumulate origin
requiredExtensions systemLanguage requiredFeatures alignment-baseline baseline-shift clip clip-path clip-rule
color color-interpolation color-interpolation-filters color-rendering cursor direction display dominant-baseline
enable-background fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings
font-kerning font-size font-size-adjust font-stretch font-style font-variant font-variation-settings font-weight
glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
overflow paint-order pointer-events shape-rendering solid-color solid-opacity stop-color stop-opacity stroke
stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
text-align text-anchor text-decoration text-indent text-orientation text-overflow text-rendering text-transform
unicode-bidi vector-effect visibility white-space word-spacing writing-mode
"""

ELEMENTS = frozenset(_DRAWING.split())
#: Elements that did something: their absence is worth a word.
ACTIVE = frozenset(_RUNNING.split())
ATTRIBUTES = frozenset(_DESCRIBING.split())
