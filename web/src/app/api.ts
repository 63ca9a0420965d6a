// Provisional: replaced by the file that openapi-typescript writes.
export interface paths {
    "/api/v1/documents": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['DocumentList'] } } } } };
    "/api/v1/figures": { get: { parameters: { query?: { q?: string; document?: string; table?: string; row?: string; cluster?: string; year?: string; unit?: string; kind?: string; source?: string; after?: string; limit?: number }; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['FigurePage'] } } } } };
    "/api/v1/figures/{key}": { get: { parameters: { query?: never; path?: { key: string } }; responses: { 200: { content: { 'application/json': components['schemas']['FigureDetail'] } } } } };
    "/api/v1/tables": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['TableList'] } } } } };
    "/api/v1/tables/{key}": { get: { parameters: { query?: never; path?: { key: string } }; responses: { 200: { content: { 'application/json': components['schemas']['PublishedTable'] } } } } };
    "/api/v1/checks": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['CheckReport'] } } } } };
    "/api/v1/findings": { get: { parameters: { query?: { severity?: string; document?: string; agrees?: boolean }; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['FindingReport'] } } } } };
    "/api/v1/findings/{id}": { get: { parameters: { query?: never; path?: { id: string } }; responses: { 200: { content: { 'application/json': components['schemas']['Finding'] } } } } };
    "/api/v1/clusters": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['ClusterOverview'] } } } } };
    "/api/v1/clusters/{key}": { get: { parameters: { query?: never; path?: { key: string } }; responses: { 200: { content: { 'application/json': components['schemas']['ClusterFactsheet'] } } } } };
    "/api/v1/installation": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['Installation'] } } } } };
    "/api/v1/sessions/current": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } } } };
    "/api/v1/accounts": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['AccountList'] } } } } };
    "/api/v1/roles": { get: { parameters: { query?: never; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['RoleList'] } } } } };
    "/api/v1/audit-entries": { get: { parameters: { query?: { after?: string; limit?: number }; path?: never }; responses: { 200: { content: { 'application/json': components['schemas']['AuditEntryList'] } } } } };
}
export interface components { schemas: {
        TableInspectionRequest: { csv: string };
        InspectedLine: { label: string; role: ('item' | 'subtotal' | 'total') };
        InspectedCell: { text: string; value?: string; mark: ('none' | 'suspect' | 'difference') };
        InspectedDifference: { sum: ('row' | 'column'); label: string; row: number; column: number; printed: string; recomputed: string; difference: string; roundingPossible: boolean };
        InspectedTerm: { label: string; printed?: string; corrected?: string; changed: boolean };
        InspectedSum: { sum: ('row' | 'column'); label: string; terms: components['schemas']['InspectedTerm'][]; recomputed: components['schemas']['InspectedTerm']; total: components['schemas']['InspectedTerm']; difference: components['schemas']['InspectedTerm'] };
        InspectedExplanation: { rank: number; kind: string; rowLabel?: string; columnLabel?: string; row: number; column: number; toRow?: number; toColumn?: number; toRowLabel?: string; toColumnLabel?: string; printed?: string; corrected?: string; score: number; sums: components['schemas']['InspectedSum'][] };
        TableInspection: { consistent: boolean; sums: number; notation: ('either' | 'dutch' | 'english'); columns: components['schemas']['InspectedLine'][]; rows: components['schemas']['InspectedLine'][]; cells: components['schemas']['InspectedCell'][][]; differences: components['schemas']['InspectedDifference'][]; explanations: components['schemas']['InspectedExplanation'][] };
        Words: {
            nl: string;
            en: string;
        };
        FigurePeriod: {
            first?: string;
            last?: string;
            years?: number;
            words: components['schemas']['Words'];
        };
        PrintedPlace: {
            line: number;
            printed: string;
        };
        Figure: {
            key: string;
            document: string;
            table: string;
            row: string;
            column: string;
            label: components['schemas']['Words'];
            kind: ('number' | 'range' | 'below_threshold' | 'not_printed' | 'blank' | 'claim' | 'date');
            precision: ('exact' | 'about' | 'almost' | 'more_than' | 'less_than' | 'counted' | 'rounded');
            value?: number;
            amountCents?: number;
            low?: number;
            high?: number;
            reading: components['schemas']['Words'];
            unit: string;
            unitWords: components['schemas']['Words'];
            decimals: number;
            printed: string;
            line?: number;
            alsoAt: components['schemas']['PrintedPlace'][];
            printedWith: string;
            corrected?: number;
            correctedAmountCents?: number;
            period?: components['schemas']['FigurePeriod'];
            population?: number;
            track: string;
            cluster: string;
            letter: string;
            municipality: string;
            section: components['schemas']['Words'];
            definition: components['schemas']['Words'];
            note: components['schemas']['Words'];
            confidence: ('printed' | 'high' | 'medium_high' | 'medium' | 'none');
            confidenceReason: components['schemas']['Words'];
            alternative?: number;
            rule: string;
            inputs: string[];
        };
        PublishedDocument: {
            id: string;
            number: string;
            title: components['schemas']['Words'];
            publisher: components['schemas']['Words'];
            date: components['schemas']['Words'];
            concerns: components['schemas']['Words'];
            sha256: string;
            lines?: number;
            checked: boolean;
            note: components['schemas']['Words'];
        };
        FigureCheck: {
            key: string;
            kind: ('sum_of_row' | 'sum_of_column' | 'sum_of_parts' | 'difference' | 'ratio' | 'product' | 'mean' | 'at_least' | 'at_most' | 'same_fact' | 'claim' | 'order');
            title: components['schemas']['Words'];
            printedFigure: string;
            terms: string[];
            formula: components['schemas']['Words'];
            unit: string;
            decimals: number;
            printed?: number;
            recomputed?: number;
            difference?: number;
            tolerance: number;
            toleranceReason: components['schemas']['Words'];
            outcome: ('agrees' | 'within_rounding' | 'differs');
            known: boolean;
            finding: string;
            table: string;
        };
        CheckReport: {
            asKnown: boolean;
            checks: number;
            agree: number;
            differ: number;
            statements: number;
            statementsNotAgreeing: number;
            unexpected: string[];
            disappeared: string[];
            items: components['schemas']['FigureCheck'][];
        };
        SlipExplanation: {
            rank: number;
            kind: string;
            row?: string;
            column?: string;
            toRow?: string;
            toColumn?: string;
            printed?: number;
            corrected?: number;
            score: number;
            figure: string;
        };
        Finding: {
            id: string;
            severity: ('A' | 'B' | 'C' | 'D');
            agrees: boolean;
            arithmetic: boolean;
            documents: string[];
            lines: number[];
            title: components['schemas']['Words'];
            printed: components['schemas']['Words'];
            recomputed: components['schemas']['Words'];
            explanation: components['schemas']['Words'];
            reason: components['schemas']['Words'];
            use: components['schemas']['Words'];
            figures: string[];
            table: string;
            checks: components['schemas']['FigureCheck'][];
            explanations: components['schemas']['SlipExplanation'][];
        };
        FindingReport: {
            statements: number;
            notAgreeing: number;
            items: components['schemas']['Finding'][];
        };
        TableRow: {
            key: string;
            label: components['schemas']['Words'];
            group: components['schemas']['Words'];
            total: boolean;
        };
        TableColumn: {
            key: string;
            label: components['schemas']['Words'];
            total: boolean;
        };
        TableCell: {
            row: string;
            column: string;
            figure: string;
            mark: ('none' | 'clash' | 'off');
            recomputed?: number;
            shouldBe?: number;
        };
        TableSummary: {
            key: string;
            document: string;
            title: components['schemas']['Words'];
            section: components['schemas']['Words'];
            figures: number;
            differences: number;
        };
        PublishedTable: {
            key: string;
            document: string;
            title: components['schemas']['Words'];
            section: components['schemas']['Words'];
            definition: components['schemas']['Words'];
            note: components['schemas']['Words'];
            unit: string;
            unitWords: components['schemas']['Words'];
            decimals: number;
            firstLine?: number;
            lastLine?: number;
            rows: components['schemas']['TableRow'][];
            columns: components['schemas']['TableColumn'][];
            cells: components['schemas']['TableCell'][];
            figures: components['schemas']['Figure'][];
            findings: components['schemas']['Finding'][];
        };
        SlipCell: {
            figure: string;
            printed: string;
            spot: boolean;
        };
        SlipRow: {
            key: string;
            label: components['schemas']['Words'];
            lit: boolean;
            skippedBefore: boolean;
            cells: components['schemas']['SlipCell'][];
        };
        SourceSlip: {
            title: components['schemas']['Words'];
            firstLine?: number;
            lastLine?: number;
            columns: components['schemas']['TableColumn'][];
            rows: components['schemas']['SlipRow'][];
        };
        FigureUse: {
            kind: string;
            key: string;
            title: components['schemas']['Words'];
        };
        FigureRule: {
            key: string;
            title: components['schemas']['Words'];
            formula: components['schemas']['Words'];
        };
        FigureDetail: {
            figure: components['schemas']['Figure'];
            document: components['schemas']['PublishedDocument'];
            lineNote: components['schemas']['Words'];
            checks: components['schemas']['FigureCheck'][];
            usedIn: components['schemas']['FigureUse'][];
            rule?: components['schemas']['FigureRule'];
            inputs: components['schemas']['Figure'][];
            slip: components['schemas']['SourceSlip'];
            citation: components['schemas']['Words'];
            link: string;
        };
        FigurePage: {
            total: number;
            next?: string;
            items: components['schemas']['Figure'][];
        };
        TableList: {
            items: components['schemas']['TableSummary'][];
        };
        DocumentList: {
            items: components['schemas']['PublishedDocument'][];
        };
        ClusterLine: {
            year: string;
            letter: string;
            part: string;
            activities: string;
            requested: string;
            granted: string;
            notGranted: string;
            awardRate: string;
            grantedPerActivity: string;
            municipalities: string;
        };
        ClusterPart: {
            letter: string;
            name: components['schemas']['Words'];
        };
        ClusterFactsheet: {
            key: string;
            name: components['schemas']['Words'];
            letter2020: string;
            letter2021: string;
            definition: components['schemas']['Words'];
            letterNote: components['schemas']['Words'];
            parts: components['schemas']['ClusterPart'][];
            uses: components['schemas']['Words'][];
            strengths: components['schemas']['Words'][];
            improvements: components['schemas']['Words'][];
            results: components['schemas']['Words'][];
            firstLine: number;
            lastLine: number;
            lines: components['schemas']['ClusterLine'][];
            figures: components['schemas']['Figure'][];
            findings: string[];
        };
        ClusterSummary: {
            key: string;
            name: components['schemas']['Words'];
            lines: components['schemas']['ClusterLine'][];
        };
        ClusterOverview: {
            clusters: components['schemas']['ClusterSummary'][];
            totals: components['schemas']['ClusterLine'][];
            budgetDifference: string[];
            budget: string;
            figures: components['schemas']['Figure'][];
        };
        Session: {
            accountId: string;
            name: string;
            organisationId: string;
            roles: string[];
            permissions: string[];
            mustChangePassword: boolean;
            endsAt: string;
        };
        Installation: {
            theme: string;
            demonstration: boolean;
            owner: string;
            contact: string;
        };
        Account: {
            id: string;
            name: string;
            roles: string[];
            disabled: boolean;
            mustChangePassword: boolean;
            createdAt: string;
            rowVersion: number;
        };
        Role: {
            key: string;
            permissions: string[];
            label: components['schemas']['Words'];
            may: components['schemas']['Words'];
            mayNot: components['schemas']['Words'];
        };
        AuditEntry: {
            number: number;
            at: string;
            actor: string;
            what: string;
            subject: string;
            why: string;
        };
        AccountList: {
            items: components['schemas']['Account'][];
            next?: string;
        };
        RoleList: {
            items: components['schemas']['Role'][];
            next?: string;
        };
        AuditEntryList: {
            items: components['schemas']['AuditEntry'][];
            next?: string;
        };
} }
