// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { geoMercator, geoPath } from 'd3-geo';
import type { FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Drawing } from './figure';
import { classOf, type MapAmount } from './map';
import { textWidth } from './measure';

// Fetched together with the shapes, when a map comes into view: no other page pays for it.

type Shapes = FeatureCollection<Geometry, { code: string }>;

/** Amounts per municipality: five classes with an ink outline, leader lines to the three largest. */
export function drawMap(topology: Topology, height: number, width: number, amounts: MapAmount[], limits: number[]): Drawing {
  const shapes: Shapes = feature(topology, topology.objects.gm_features as GeometryCollection<{ code: string }>);
  const mapHeight = height - 6;
  const mapWidth = mapHeight * 0.82;
  const left = Math.max(0, width - mapWidth - Math.min(width * 0.12, 70));
  const projection = geoMercator().fitExtent([[left, 3], [left + mapWidth, mapHeight]], shapes);
  const path = geoPath(projection);
  path.digits(1);
  const byCode = new Map(amounts.map((amount) => [amount.code, amount]));
  const largest = [...amounts].sort((a, b) => b.value - a.value).slice(0, 3);
  const centre = new Map(shapes.features.map((one) => [one.properties.code, path.centroid(one)]));
  const labels = largest.flatMap((amount) => {
    const at = centre.get(amount.code);
    return at ? [{ amount, x: at[0], y: at[1] }] : [];
  });
  const west = labels.filter((label) => label.x < left + mapWidth * 0.45).sort((a, b) => a.y - b.y);
  const east = labels.filter((label) => label.x >= left + mapWidth * 0.45);
  const placed = [
    ...west.map((label, at) => ({ ...label, side: 'west' as const, top: label.y - 34 + at * 46 })),
    ...east.map((label) => ({ ...label, side: 'east' as const, top: label.y - 8 })),
  ];
  // Those with an amount last, so that their outline is whole.
  const sorted = [...shapes.features].sort((a, b) => Number(byCode.has(a.properties.code)) - Number(byCode.has(b.properties.code)));
  return {
    height,
    content: (
      <>
        {sorted.map((one) => {
          const amount = byCode.get(one.properties.code);
          return <path key={one.properties.code} d={path(one) ?? ''} className={amount ? `${classOf(amount.value, limits)} mx` : 'm0'} />;
        })}
        {placed.map(({ amount, x, y, side, top }) => {
          const wide = Math.max(textWidth(amount.label, 14, true), textWidth(amount.text, 13.5));
          const labelX = side === 'west' ? Math.max(0, left - wide - 8) : Math.min(width, left + mapWidth + 60);
          const from = side === 'west' ? labelX + wide + 4 : labelX - wide - 4;
          return (
            <g key={amount.code}>
              <path d={`M${from} ${top + 4}L${x.toFixed(1)} ${y.toFixed(1)}`} className="m-lead" />
              <circle cx={x} cy={y} r="2.2" className="c-ink" />
              <text x={labelX} y={top} className={`c-val c-halo${side === 'east' ? ' c-end' : ''}`}>{amount.label}</text>
              <text x={labelX} y={top + 17} className={`c-soft c-halo${side === 'east' ? ' c-end' : ''}`}>{amount.text}</text>
            </g>
          );
        })}
      </>
    ),
  };
}
