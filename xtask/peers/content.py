from definitions import *
class Facts:
    def drug(self, atc, route): return dict(ddd_per_day_milli=2000 if atc and atc<"J01M" else None, aware="access" if atc and atc<"J01D" else "watch")
    def in_group(self,g,system,code):
        return code in {"RTI":"R05 R74 R75 R76 R78 R81 H71 R80 R21","UTI":"U70 U71"}[g].split()
def of_edition(e,m):
    P=Part; a=(("atc","J01"),); gp=dict(settings=("gp","unknown"),without_dual_role_unknown=True)
    I=lambda i,n,d,pop="prescriber",w=(): Definition(i,pop,"lower",100,w,n,d)
    cf=("consultation","e_consultation","home_visit")
    return [
     I("AB1",P("items",drug_within=a,**gp),P("contacts",settings=("gp",),forms=cf+("simple_contact",))),
     I("AB3",P("treated_contacts",drug_within=a,settings=("gp",),forms=cf,diagnosis_groups=("RTI",)),P("contacts",settings=("gp",),forms=cf,diagnosis_groups=("RTI",))),
     I("AB4",P("treated_contacts",drug_within=(("atc","J01CE02"),),settings=("gp",),forms=cf,diagnosis_groups=("RTI",)),P("treated_contacts",drug_within=a,settings=("gp",),forms=cf,diagnosis_groups=("RTI",))),
     I("VOL",P("items",drug_within=a,**gp),P("list_patients")),
     I("PENV",P("items",drug_within=(("atc","J01CE02"),),**gp),P("items",drug_within=tuple(("atc",x) for x in "J01AA02 J01CA04 J01CE02 J01FA".split()),**gp)),
     I("RDR",P("items",drug_within=tuple(("atc",x) for x in "J01MA J01DC J01DD J01DE J01FA J01CR".split()),**gp),P("items",drug_within=a,drug_without=(("atc","J01XX05"),),**gp)),
     I("NT",P("items",drug_within=a,drug_without=(("atc","J01XX05"),)),P("inhabitants"),"municipality"),
     I("NU",P("patients",drug_within=a,drug_without=(("atc","J01XX05"),)),P("inhabitants"),"municipality"),
     I("FQ",P("items",drug_within=(("atc","J01MA"),),sex=2,age=(20,79)),P("items",drug_within=(("atc","J01MA"),("atc","J01CA08"),("atc","J01XE"),("atc","J01EA")),sex=2,age=(20,79)),"municipality"),
     I("E3c",P("patients",drug_within=(("atc","J01MA"),),diagnosis_within=(("ICPC-2","U71"),),sex=2,age=(18,None)),P("patients",drug_within=a,diagnosis_within=(("ICPC-2","U71"),),sex=2,age=(18,None))),
     *[I("S"+c,P("treated_contacts",drug_within=a,diagnosis_within=(("ICPC-2",c),),settings=("gp",)),P("contacts",diagnosis_within=(("ICPC-2",c),),settings=("gp",))) for c in "R74 R75 R76 R78 H71 S84".split()],
     I("AW",P("items",drug_within=a,aware=("access",),**gp),P("items",drug_within=a,**gp)),
     I("C3",P("items",diagnosis_within=(("ICPC-2","U71"),),sex=2,age=(15,65),course=("at_most_days",3,20)),P("items",diagnosis_within=(("ICPC-2","U71"),),sex=2,age=(15,65),course=("known",))),
     I("OOH",P("treated_contacts",drug_within=(("atc","J01CE02"),),settings=("ooh",),diagnosis_groups=("RTI",)),P("treated_contacts",drug_within=a,settings=("ooh",),diagnosis_groups=("RTI",))),
    ], Facts()
